// Serves a command to Whois24 over NATS. For a command of your own change the import.
import { connect } from '@nats-io/transport-node'
import { Svcm } from '@nats-io/services'
import { schema, run } from './coin.js'

const version = '1.0.0'
const name = `whois24-${schema.name}`

const nats = await connect({
  servers: process.env.WHOIS24_NATS ?? 'nats://127.0.0.1:4222',
  user: schema.name, // a command gets at its own questions and nothing else
  pass: process.env.WHOIS24_COMMAND_TOKEN,
  name,
  inboxPrefix: `_INBOX.${name}`,
  maxReconnectAttempts: -1
})
const service = await new Svcm(nats).add({
  name, version, metadata: { whois24: '1', schema: JSON.stringify(schema) }
})
const inHand = new Set()
service.addEndpoint(schema.name, {
  subject: `whois24.command.${schema.name}.${version}`,
  handler (_, question) {
    const answered = answer(question).finally(() => inHand.delete(answered))
    inHand.add(answered)
  }
})
process.once('SIGTERM', stop).once('SIGINT', stop)
console.log(`/${schema.name} is there`)

async function answer (question) {
  const send = (message) => question.respond(JSON.stringify(message))
  const working = setInterval(() => send({ working: true }), 1000) // who says nothing for 5 seconds is taken for dead
  try {
    send(await run(question.json()))
  } catch (error) {
    console.error(error)
    send({ error: String(error) }) // goes to the log of Whois24; whoever asked reads an apology
  } finally {
    clearInterval(working)
  }
}

// Takes no more questions and finishes what is in hand.
async function stop () {
  await service.stop()
  await Promise.allSettled(inHand)
  await nats.drain()
}
