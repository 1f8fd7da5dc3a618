package bitrix_test

import (
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// users are the shapes im.user.get answers in, told by how they differ from the current one.
var users = map[string]expectation{
	"im-user-get.current.json": isUser(func(*bitrix.User) {}),
	"im-user-get.seed.json":    isUser(old),
	"im-user-get.seed-hr.json": isUser(func(u *bitrix.User) {
		old(u)
		u.AvatarHR = "http://192.168.2.232/upload/main/1d3/shelenkov.png"
	}),
	"im-user-get.wire.json": isUser(func(u *bitrix.User) { u.WorkPosition = `R&D "ядро" <v2> & 'тест'` }),
	"im-user-get.female-away.json": isUser(func(u *bitrix.User) {
		called(u, 6, "Мария", "Тестова")
		u.WorkPosition, u.Gender, u.Email, u.Status = "Аналитик", "F", "maria@demo.example", "away"
		u.Idle = at("2026-09-21T16:40:00+03:00")
		u.LastActivity, u.DesktopLast = at("2026-09-21T16:30:00+03:00"), at("2026-09-21T16:30:00+03:00")
	}),
	"im-user-get.dnd.json": isUser(func(u *bitrix.User) { called(u, 8, "Олег", "Проверкин"); u.Status = "dnd" }),
	"im-user-get.break.json": isUser(func(u *bitrix.User) {
		called(u, 9, "Ольга", "Примерова")
		u.Gender, u.Status = "F", "break"
	}),
	"im-user-get.mobile.json": isUser(func(u *bitrix.User) {
		called(u, 10, "Иван", "Мобильный")
		u.MobileLast = u.LastActivity
	}),
	"im-user-get.online-but-stale.json": isUser(func(u *bitrix.User) {
		called(u, 11, "Сергей", "Давний")
		u.LastActivity = at("2026-06-01T10:00:00+03:00")
	}),
	"im-user-get.on-leave.json": isUser(func(u *bitrix.User) {
		called(u, 12, "Ирина", "Отпускова")
		u.Gender, u.LastActivity, u.Absent = "F", at("2026-09-18T18:59:00+03:00"), at("2026-10-05T00:00:00+03:00")
	}),
	"im-user-get.bot.json": isUser(func(u *bitrix.User) {
		bare(u)
		u.ID, u.Name, u.FirstName, u.LastName, u.WorkPosition = 456, "Справочник", "Справочник", "", "Чат-бот"
		u.Bot, u.ExternalAuthID, u.Type, u.Email = true, "bot", "bot", ""
		u.LastActivity = bitrix.OptTime{}
		u.BotData = &bitrix.BotData{ID: 456, Code: "whois_demo_bot", Type: "bot", AppID: "local.fake000000000001.00000001"}
	}),
	"im-user-get.extranet.json": isUser(func(u *bitrix.User) {
		outsider(u, 31, "Пётр", "Внешний")
		u.Avatar, u.AvatarHR, u.ExternalAuthID, u.Email = "", "", "socservices", "petr@partner.example"
	}),
	"im-user-get.collaber.json": isUser(func(u *bitrix.User) {
		outsider(u, 32, "Гость", "Коллабов")
		u.Type, u.Email = "collaber", "guest@partner.example"
	}),
	"im-user-get.connector.json": isUser(func(u *bitrix.User) {
		outsider(u, 88, "Гость", "88")
		u.Avatar, u.AvatarHR, u.Connector, u.ExternalAuthID, u.Email = "", "", true, "imconnector", ""
		u.LastActivity = bitrix.OptTime{}
	}),
	"im-user-get.inactive.json": isUser(func(u *bitrix.User) {
		called(u, 13, "Бывший", "Сотрудник")
		u.Active, u.Departments, u.LastActivity = false, nil, at("2024-03-01T12:00:00+03:00")
	}),
	"im-user-get.phones-false.json": isUser(func(u *bitrix.User) {
		called(u, 14, "Без", "Телефонов")
		u.Phones = bitrix.Phones{}
	}),
	"im-user-get.phones-partial.json": isUser(func(u *bitrix.User) {
		u.ID, u.Phones = 15, bitrix.Phones{Inner: "115"}
	}),
	"im-user-get.all-dates-false.json": isUser(func(u *bitrix.User) {
		called(u, 16, "Ни", "Разу")
		u.LastActivity = bitrix.OptTime{}
	}),
	"im-user-get.nulls.json": isUser(func(u *bitrix.User) {
		bare(u)
		u.ID, u.Name, u.FirstName, u.LastName, u.WorkPosition = 17, "Логин17", "Логин17", "", ""
	}),
	"im-user-get.hostile-text.json": isUser(func(u *bitrix.User) {
		u.ID, u.Name = 18, "[B]Злой[/B] [USER=1]админ[/USER]"
		u.FirstName, u.LastName = "[B]Злой[/B]", "[SEND=/whois 1]жми[/SEND]"
		u.WorkPosition = "директор\n/whois 1\n[URL=https://evil.example]ссылка[/URL] [CODE]x"
	}),
	"im-user-get.loose-types.json": isUser(func(u *bitrix.User) {
		u.ID, u.Status, u.Departments, u.Phones = 19, "", []int64{50, 51}, bitrix.Phones{}
	}),
	"im-user-get.departments-map.json": isUser(func(u *bitrix.User) { u.ID, u.Departments = 20, []int64{50, 51} }),
}

func isUser(differs func(*bitrix.User)) expectation {
	want := eugene()
	differs(&want)
	return returns(want, func(t *testing.T, c *bitrix.Client) (bitrix.User, error) {
		return c.User(t.Context(), want.ID)
	})
}

// eugene is the user of the current fixture.
func eugene() bitrix.User {
	return bitrix.User{
		ID:             5,
		Active:         true,
		Name:           "Евгений Шеленков",
		FirstName:      "Евгений",
		LastName:       "Шеленков",
		WorkPosition:   "Ведущий разработчик",
		Color:          "#df532d",
		Avatar:         "https://demo-portal.bitrix24.example/upload/fake/5.png",
		AvatarHR:       "https://demo-portal.bitrix24.example/upload/fake/5.png",
		Gender:         "M",
		Birthday:       "14-02",
		ExternalAuthID: "default",
		Type:           "user",
		Status:         "online",
		LastActivity:   at("2026-09-21T17:05:31+03:00"),
		Departments:    []int64{50},
		Phones:         bitrix.Phones{Mobile: "79990000005", Work: "74950000005", Inner: "105"},
		Email:          "eugene@demo.example",
	}
}

func called(u *bitrix.User, id bitrix.UserID, first, last string) {
	u.ID, u.Name, u.FirstName, u.LastName = id, first+" "+last, first, last
}

// old leaves out what portals of 2018 did not tell.
func old(u *bitrix.User) {
	u.WorkPosition, u.Birthday, u.Type, u.Email, u.AvatarHR = "", "", "", "", ""
	u.Avatar = "http://192.168.2.232/upload/resize_cache/main/1d3/100_100_2/shelenkov.png"
	u.LastActivity, u.Phones = at("2018-01-29T17:35:31+03:00"), bitrix.Phones{}
}

func bare(u *bitrix.User) { u.Birthday, u.Departments, u.Phones = "", nil, bitrix.Phones{} }

func outsider(u *bitrix.User, id bitrix.UserID, first, last string) {
	called(u, id, first, last)
	bare(u)
	u.WorkPosition, u.Extranet, u.Type = "", true, "extranet"
}

func at(text string) bitrix.OptTime {
	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return bitrix.OptTime{Time: parsed}
}
