// Command birthday answers /birthday in a process of its own:
//
//	whois24 demo --nats-listen 127.0.0.1:4222
//	WHOIS24_COMMAND_TOKEN=demo birthday --nats nats://127.0.0.1:4222
//
// The command is the same value that a bot takes into its own set. Only this file is new.
package main

import "github.com/whois24/whois24/commands/remote"

func main() { remote.Main("1.0.0", Birthday()) }
