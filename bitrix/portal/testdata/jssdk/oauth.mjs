// Calls the portal as an application that was just installed. What the installation gave comes in on stdin.
import { readFileSync } from 'node:fs'
import { B24HelperManager, B24OAuth, LoadDataType } from '@bitrix24/b24jssdk'

const { grant, secret } = JSON.parse(readFileSync(0, 'utf8'))
const b24 = new B24OAuth(grant, secret)
b24.offClientSideWarning()
let renewed = 0
b24.setCallbackRefreshAuth(async () => { renewed++ })

// An expired token is renewed by the first call, not by the others: the SDK shares a renewal only while it is under way.
await b24.initIsAdmin()
const users = await Promise.all([5, 7, 8, 31].map((ID) => b24.actions.v2.call.make({ method: 'im.user.get', params: { ID } })))

const helper = new B24HelperManager(b24)
await helper.loadData([LoadDataType.App, LoadDataType.Profile])

const bot = await b24.actions.v2.call.make({
  method: 'imbot.v2.Bot.register',
  params: { fields: { code: 'jssdk', eventMode: 'fetch', properties: { name: 'SDK' } } }
})

console.log(JSON.stringify({
  renewed,
  users: users.map((user) => user.getData().result.id),
  admin: b24.auth.isAdmin,
  profile: helper.profileInfo.data.id,
  code: helper.appInfo.data.code,
  status: helper.appInfo.data.status,
  bot: bot.getData().result.bot.id,
  access: b24.auth.getAuthData().access_token
}))
