// Package messenger is the chat page of the emulated portal: a messenger one may sit down at as anybody of the
// company, with the people beside it and, folded away, what the portal and the bot say to each other.
//
// The page is at "/", its files are under /messenger/, and it talks over a WebSocket at /messenger/ws. It asks
// nothing of any other host, and its Content-Security-Policy makes sure of that.
//
// # Protocol
//
// A socket belongs to one person: /messenger/ws?as=7. Without a known person in "as" it is Options.Reader.
// Each message is one JSON object with a "type". The portal says:
//
//	{"type":"state","me":7,"people":[…],"dialogs":[…],"commands":[…],"calls":[…],"events":[…]}
//	    everything; first of all, and again when bots, commands or chats change
//	{"type":"message","dialog":"456","message":{"id":90001,…}}   a new, changed or deleted message
//	{"type":"typing","dialog":"456","person":456}                 somebody is typing
//	{"type":"person","who":{"id":5,…}}                            a person changed
//	{"type":"call","call":{…}}  {"type":"event","event":{…}}      a REST call, a delivered event
//	{"type":"result","ref":"…","id":90002}                        a request was done
//	{"type":"result","ref":"…","error":"…"}                       or was not
//
// The page asks, each time with a "ref" of its own making:
//
//	{"type":"say","ref":"…","dialog":"456","text":"/whois 5"}
//	{"type":"press","ref":"…","message":90001,"button":0}
//	{"type":"change","ref":"…","person":5,"change":{"seenAgo":3600}}
//
// Messages are merged by id: the same one may come twice, in a state and alone. After a lost connection the page
// repeats what was not answered under the same ref; a ref that was done already gets its first result again.
//
// A reader that lags behind is dropped with code 1013 and starts afresh from a state. What is not the protocol
// (binary, not JSON, over 128 KiB) ends the connection.
package messenger
