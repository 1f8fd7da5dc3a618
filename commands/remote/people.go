package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// people is the directory of the portal that was asked, as a service sees it: through the bot, which alone has the rights.
type people struct{ *answer }

// User is that of *bitrix.Client, with the fields a command in another process gets.
func (p people) User(ctx context.Context, id bitrix.UserID) (bitrix.User, error) {
	if id == 0 {
		return bitrix.User{}, &bitrix.Error{Method: "im.user.get", Code: string(bitrix.ErrIDEmpty)}
	}
	var person commands.PersonValue
	err := p.lookUp(ctx, LookUp{User: int64(id)}, &person)
	return person.User(), err
}

// Profile is that of *bitrix.Client, with the fields a command in another process gets.
func (p people) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	if id == 0 {
		return bitrix.Profile{}, &bitrix.Error{Method: "im.user.get", Code: string(bitrix.ErrIDEmpty)}
	}
	var found FoundProfile
	err := p.lookUp(ctx, LookUp{Profile: int64(id)}, &found)
	return found.profile(), err
}

// SearchUsers is that of *bitrix.Client.
func (p people) SearchUsers(ctx context.Context, find string, limit int) ([]bitrix.FoundUser, error) {
	if find == "" {
		return nil, &bitrix.Error{Method: "im.search.user.list", Code: string(bitrix.ErrFindShort)}
	}
	var values []FoundPerson
	err := p.lookUp(ctx, LookUp{Search: find, Limit: limit}, &values)
	var people []bitrix.FoundUser
	for _, v := range values {
		people = append(people, bitrix.FoundUser{ID: bitrix.UserID(v.ID), Name: v.Name, WorkPosition: v.Position, Bot: v.Bot})
	}
	return people, err
}

// Department is that of *bitrix.Client.
func (p people) Department(ctx context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	if id == 0 {
		return bitrix.Department{}, false, nil
	}
	var value *commands.DepartmentValue
	if err := p.lookUp(ctx, LookUp{Department: int64(id)}, &value); err != nil || value == nil {
		return bitrix.Department{}, false, err
	}
	return value.Department(), true, nil
}

// lookUp asks the bot, and reads the answer into value.
func (p people) lookUp(ctx context.Context, what LookUp, value any) error {
	inbox, err := p.conn.SubscribeSync(inboxes(p.command) + nuid.Next())
	if err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	defer func() { _ = inbox.Unsubscribe() }() // fails without a connection, with which it is gone
	data, err := json.Marshal(Message{LookUp: &what})
	if err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	msg := &nats.Msg{Subject: p.request.Reply(), Reply: inbox.Subject, Data: data}
	if err := p.conn.PublishMsg(msg); err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	answer, err := inbox.NextMsgWithContext(ctx)
	if err != nil {
		return fmt.Errorf("wait for a look-up: %w", err)
	}
	return readFound(answer.Data, value)
}

func readFound(data []byte, value any) error {
	var f Found
	if err := json.Unmarshal(data, &f); err != nil {
		return fmt.Errorf("read a look-up: %w", err)
	}
	switch {
	case f.Code != "":
		return &bitrix.Error{Method: "look-up", Code: f.Code, Text: f.Error}
	case f.Error != "":
		return errors.New(f.Error)
	}
	if err := json.Unmarshal(f.Value, value); err != nil {
		return fmt.Errorf("read a look-up: %w", err)
	}
	return nil
}
