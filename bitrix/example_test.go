package bitrix_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/whois24/whois24/bitrix"
)

// A person is read by id, and answered with in a chat.
func Example() {
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/rest/1/code/im.user.get":
			fmt.Fprint(w, `{"result":{"id":5,"name":"Евгений [b]Шеленков[/b]","work_position":"Разработчик"}}`)
		case "/rest/1/code/imbot.v2.Chat.Message.send":
			fmt.Fprint(w, `{"result":{"id":90500,"uuidMap":[]}}`)
		}
	}))
	defer portal.Close()

	webhook, err := bitrix.ParseWebhook(portal.URL + "/rest/1/code/")
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook, API: bitrix.APIv2})

	user, err := client.User(ctx, 5)
	if errors.Is(err, bitrix.ErrUserNotExists) {
		fmt.Println("nobody has this id")
		return
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	text := fmt.Sprintf("[b]%s[/b], %s", bitrix.Plain(user.Name), bitrix.Plain(user.WorkPosition))
	id, err := client.SendMessage(ctx, bitrix.Message{Bot: 456, Dialog: "chat142", Text: text})
	fmt.Println(text, id, err)
	// Output: [b]Евгений ［b]Шеленков［/b][/b], Разработчик 90500 <nil>
}

// Several calls share a request; each fails for itself.
func ExampleClient_Batch() {
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Cmd map[string]string }
		_ = json.NewDecoder(r.Body).Decode(&body)
		found, failed := map[string]any{}, map[string]any{}
		for key, command := range body.Cmd {
			switch command {
			case "im.user.get?ID=5":
				found[key] = map[string]any{"id": 5, "name": "Anna"}
			default:
				failed[key] = map[string]any{"error": "USER_NOT_EXISTS"}
			}
		}
		sections := map[string]any{"result": found, "result_error": failed}
		_ = json.NewEncoder(w).Encode(map[string]any{"result": sections})
	}))
	defer portal.Close()

	webhook, err := bitrix.ParseWebhook(portal.URL + "/rest/1/code/")
	if err != nil {
		fmt.Println(err)
		return
	}
	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook})
	results, err := client.Batch(context.Background(), []bitrix.BatchCall{
		{Method: "im.user.get", Params: map[string]any{"ID": 5}},
		{Method: "im.user.get", Params: map[string]any{"ID": 999}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range results {
		var user bitrix.User
		err := r.Decode(&user)
		fmt.Printf("%q %v\n", user.Name, err)
	}
	// Output:
	// "Anna" <nil>
	// "" im.user.get: HTTP 200: USER_NOT_EXISTS
}
