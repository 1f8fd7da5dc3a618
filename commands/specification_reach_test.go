package commands_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
)

// TestSpecificationOfCurrentPortals: they say "online" of everybody, so the last sign of life decides. They tell of e-mail addresses,
// extensions, and who has left.
func TestSpecificationOfCurrentPortals(t *testing.T) {
	openMayak(t, portal.Current).converse(t, []exchange{
		{
			"all contacts", "Мария", alone, "/whois 20",
			"Евгений … Рабочий: 8 495 000-00-20, доб. 120\nПочта: eugene@mayak.example", "",
		},
		{
			"in English", "Tom", alone, "/whois 20",
			"Евгений … Work: 8 495 000-00-20, ext. 120\nE-mail: eugene@mayak.example", "",
		},
		{"an e-mail address", "Мария", alone, "/whois eugene@mayak.example", "Евгений Шеленков", ""},
		{"in capitals, as mail programs write it", "Tom", alone, "/whois <MARIA@mayak.example>", "Мария Чернышёва", ""},
		{"in a plain message", "Tom", alone, "maria@mayak.example", "Мария Чернышёва", ""},
		{"one that is not like the name", "Tom", alone, "/whois zz99@mayak.example", "Emma Clarke", ""},
		{"an extension", "Мария", alone, "/whois доб. 120", "Евгений Шеленков", ""},
		{"in English", "Tom", alone, "/whois ext. 133", "Lucy Adams … Extension: 133", ""},
		{"a bare one, where nobody has the number", "Tom", alone, "/whois 133", "Lucy Adams", ""},
		{
			"an address where guests read tells of nobody", "Tom", guests, "/whois zz99@mayak.example",
			"I found nobody for “zz99@mayak.example”.", "Emma",
		},
		{"who asks not to be disturbed is not known", "Tom", alone, "/whois 30", "Emma Clarke\nHead of Sales\n🟢 Online", "🔴"},
		{
			"nor who is on the phone app", "Tom", alone, "/whois 34",
			"Rosa Field\nCourier\n🟢 Online\nLast active 3 minutes ago", "",
		},
		{
			"who has left: no contacts, no department, no buttons", "Мария", alone, "/whois 27",
			"Борис Уваров\nКладовщик\n⚫ Больше не работает в компании\nПоследняя активность: 3 месяца назад",
			"999 … Подразделение … (",
		},
		{
			"in English", "Tom", alone, "/whois 27",
			"Борис Уваров\nКладовщик\n⚫ No longer with the company\nLast active 3 months ago", "999 … (",
		},
		{"nor are they found by name", "Мария", alone, "/whois Уваров", "По запросу «Уваров» никого не нашлось.", ""},
		{
			"nor waited for", "Tom", alone, "/notify 27",
			"Борис Уваров is no longer with the company, so there is nobody to wait for.", "",
		},
		{"a collaborator", "Tom", alone, "/whois 41", "Lada Guest\nNot from our company, position not given\n🟢 Online", ""},
	})
}

// TestSpecificationOfOldPortals: they tell what people chose, and who uses the phone app.
func TestSpecificationOfOldPortals(t *testing.T) {
	openMayak(t, portal.Old).converse(t, []exchange{
		{
			"the contacts there are", "Мария", alone, "/whois 20",
			"Евгений … Мобильный: +7 (916) 123-45-67\nРабочий: 8 495 000-00-20\n(Написать)", "Почта … доб.",
		},
		{
			"do not disturb", "Tom", alone, "/whois 30",
			"Emma Clarke\nHead of Sales\n🔴 Do not disturb\nLast active just now", "🟢",
		},
		{"in Russian", "Мария", alone, "/whois 30", "Emma Clarke\nHead of Sales\n🔴 Просит не беспокоить", "🟢"},
		{"away", "Tom", alone, "/whois 32", "Jack Nolan\nSales Manager\n🟡 Away\nLast active 2 minutes ago", "🟢"},
		{"in Russian", "Мария", alone, "/whois 32", "Jack Nolan\nSales Manager\n🟡 Нет на месте", "🟢"},
		{"on a break", "Tom", alone, "/whois 33", "Lucy Adams\nDesigner\n🟡 On a break", "🟢"},
		{
			"in Russian, of a woman", "Мария", alone, "/whois 33",
			"Lucy Adams\nDesigner\n🟡 На перерыве\nЗаходила 2 минуты назад", "🟢",
		},
		{
			"on the phone app", "Tom", alone, "/whois 34",
			"Rosa Field\nCourier\n🟢 Online, on the phone app\nLast active 3 minutes ago", "",
		},
		{"in Russian", "Мария", alone, "/whois 34", "Rosa Field\nCourier\n🟢 В сети, с телефона", ""},
		{
			"the whole team so", "Tom", alone, "/team",
			"Sales: 7 people\nHead: Emma Clarke, Head of Sales · 🔴 Do not disturb … • Jack Nolan, Sales Manager · 🟡 Away", "",
		},
		{
			"nobody says who has left", "Мария", alone, "/whois 27",
			"Борис Уваров\nКладовщик\n⚪ Не в сети\nПоследняя активность: 3 месяца назад", "⚫",
		},
		{"so they can be waited for", "Мария", alone, "/notify 27", "Скажу, когда Борис Уваров появится на связи.", ""},
	})
}
