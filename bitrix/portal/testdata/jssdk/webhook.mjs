// Calls the portal through its incoming webhook, whose address comes in on stdin.
import { readFileSync } from 'node:fs'
import { B24Hook } from '@bitrix24/b24jssdk'

const { webhook } = JSON.parse(readFileSync(0, 'utf8'))
const b24 = B24Hook.fromWebhookUrl(webhook)
b24.offClientSideWarning()

const call = await b24.actions.v2.call.make({ method: 'im.user.get', params: { ID: 5 } })
const named = await b24.actions.v2.batch.make({
  calls: {
    anna: { method: 'im.user.get', params: { ID: 7 } },
    nobody: { method: 'im.user.get', params: { ID: 777 } },
    departments: { method: 'im.department.get', params: { ID: [1, 12] } }
  },
  options: { isHaltOnError: false }
})
const listed = await b24.actions.v2.batch.make({
  calls: [['im.user.get', { ID: 5 }], ['im.user.get', { ID: 7 }]]
})

console.log(JSON.stringify({
  alive: await b24.tools.healthCheck.make(),
  name: call.getData().result.name,
  anna: named.getData().anna.name,
  departments: named.getData().departments.length,
  batchErrors: named.getErrorMessages(),
  listed: listed.getData().map((user) => user.id),
  refusal: await refusal('im.user.get', { ID: 777 }),
  noMethod: await refusal('no.such.method', {})
}))

// refusal is the code and the status of a call that fails; the SDK throws some failures and returns others.
async function refusal (method, params) {
  const failure = await b24.actions.v2.call.make({ method, params }).then((result) => [...result.getErrors()][0], (error) => error)
  return `${failure.status} ${failure.code}`
}
