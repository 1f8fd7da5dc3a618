package people_test

import (
	"testing"

	"github.com/whois24/whois24/commands/people"
)

// The staff of a small company, as its portal has them.
var staff = []people.Person{
	{
		ID: 1, Name: "Евгений Шеленков", FirstName: "Евгений", LastName: "Шеленков", Position: "Ведущий программист",
		Email: "e.shelenkov@example.com", Phones: []string{"+7 (912) 345-67-89", "101"},
	},
	{
		ID: 2, Name: "Мария Иванова", FirstName: "Мария", LastName: "Иванова", Position: "Дизайнер",
		Email: "design@example.com", Phones: []string{"8 495 123-45-67 доб. 102"},
	},
	{
		ID: 3, Name: "Иванов Пётр Сергеевич", FirstName: "Пётр", LastName: "Иванов", Position: "Бухгалтер",
		Phones: []string{"8 495 123-45-67 доб. 103"},
	},
	{ID: 4, Name: "Алексей Чернышёв", FirstName: "Алексей", LastName: "Чернышёв", Position: "Главный инженер"},
	{ID: 5, Name: "Юлия Хохлова", FirstName: "Юлия", LastName: "Хохлова", Position: "Инженер"},
	{ID: 6, Name: "John Smith", FirstName: "John", LastName: "Smith", Phones: []string{"+49 30 123456"}},
	{ID: 7, Name: "Robert O’Brien", FirstName: "Robert", LastName: "O’Brien", Email: "rob@example.org"},
	{ID: 8, Name: "Александр Петров", FirstName: "Александр", LastName: "Петров"},
	{ID: 9, Name: "Александра Петрова", FirstName: "Александра", LastName: "Петрова"},
	{ID: 10, Name: "Анна Достоевская-Ким", FirstName: "Анна", LastName: "Достоевская-Ким"},
	{ID: 11, Name: "Павел Кравец", FirstName: "Павел", LastName: "Кравец"},
	{ID: 12, Name: "Нұрсұлтан Қасымов", FirstName: "Нұрсұлтан", LastName: "Қасымов"},
	{ID: 13, Name: "王小明"},
	{ID: 14, Name: "Maria Lopez", FirstName: "Maria", LastName: "Lopez"},
	{ID: 15, Name: "Жанна Цой", FirstName: "Жанна", LastName: "Цой"},
}

// An example is what somebody types, who comes first, and what is to be done with it.
type example struct {
	query string
	first int64
	want  people.Verdict
}

func check(t *testing.T, examples []example) {
	t.Helper()
	x := people.NewIndex(staff)
	for _, e := range examples {
		found := x.Find(e.query, 5)
		var first int64
		if len(found.Matches) > 0 {
			first = found.Matches[0].ID
		}
		if first != e.first || found.Verdict != e.want {
			t.Errorf("%q finds %s; want %d first, %v", e.query, briefly(found), e.first, e.want)
		}
	}
}

func TestNames(t *testing.T) {
	check(t, []example{
		{"Евгений Шеленков", 1, people.One},
		{"Шеленков Евгений", 1, people.One},
		{"ШЕЛЕНКОВ", 1, people.One},
		{"  «шеленков»?\n", 1, people.One},
		{"Шеленков\u00a0\tЕвгений", 1, people.One},
		{"Чернышев", 4, people.One},               // е for ё
		{"Чернышёв Алексеи\u0306", 4, people.One}, // й in two characters, as files of macOS have it
		{"Цои", 15, people.One},                   // и for й
		{"Нурсултан Касымов", 12, people.One},     // no Kazakh keyboard
		{"O'Brien", 7, people.One},
		{"OBrien", 7, people.One},
		{"Ким", 10, people.One}, // the other half of a double surname
		{"王小明", 13, people.One},
		{"王", 13, people.Several}, // one letter is never sure
	})
}

func TestPartsOfNames(t *testing.T) {
	check(t, []example{
		{"Шел", 1, people.One},
		{"Шел Евг", 1, people.One},
		{"Шеленков Е.", 1, people.One},
		{"Е.Шеленков", 1, people.One},
		{"Шеленков Е.В.", 1, people.One}, // the portal has no patronymic of his
		{"Евгений Викторович Шеленков", 1, people.One},
		{"Петр Сергеевич", 3, people.One},
		{"Алекс", 8, people.Several}, // Александр, Александра, Алексей
		{"оевск", 10, people.Near},   // from inside of a name: rather ask
		{"м", 2, people.Several},
	})
}

func TestNamesInOtherLetters(t *testing.T) {
	check(t, []example{
		{"Shelenkov", 1, people.One},
		{"Evgenij Schelenkow", 1, people.One},
		{"Yevgeny", 1, people.One},
		{"Chernyshov Aleksei", 4, people.One},
		{"Tchernychev", 4, people.One}, // French
		{"Julia Hohlova", 5, people.One},
		{"Iuliia Khokhlova", 5, people.One},
		{"Tsoy", 15, people.One},
		{"Джон Смит", 6, people.One},
		{"роберт обрайен", 7, people.One},
		{"Нursultan", 12, people.One}, // the first letter is Russian
	})
}

func TestWrongLayout(t *testing.T) {
	check(t, []example{
		{"Itktyrjd", 1, people.One},
		{"{j[kjdf >kbz", 5, people.One}, // Хохлова Юлия: letters on the keys of signs
		{"Itktyrjd Евгений", 1, people.One},
		{"Vfif", 14, people.Several}, // Маша: both Мария and Maria
		{"ьфкшф дщзуя", 14, people.One},
		{"Ырудутлщм", 1, people.One},   // both: Shelenkov, in the Russian layout
		{"уюырудутлщм", 1, people.One}, // e.shelenkov
	})
}

func TestTypos(t *testing.T) {
	check(t, []example{
		{"Шелнков", 1, people.One},   // a letter missed
		{"Шеленнков", 1, people.One}, // doubled
		{"Шелекнов", 1, people.One},  // changed with its neighbour
		{"Шиленкав", 1, people.One},  // as heard
		{"Шелегков Евгенй", 1, people.One},
		{"Смитт", 6, people.One},
		{"Жана", 15, people.One},
		{"Цай", 15, people.Near}, // too short for a sure answer
		{"Шалунков", 1, people.Near},
		{"Сидоров", 0, people.Nobody},
	})
}

func TestShortNames(t *testing.T) {
	check(t, []example{
		{"Женя", 1, people.One},
		{"Женька Шеленков", 1, people.One},
		{"Zhenya", 1, people.One},
		{"Саша", 8, people.Several},
		{"Саша Петров", 8, people.One},
		{"Саша Петрова", 9, people.Several}, // she, or of him
		{"Bob", 7, people.One},
		{"Боб", 7, people.One},
		{"Джонни", 6, people.One},
		{"Паша", 11, people.One},
	})
}

// What is asked in a sentence is in a case: "кто у Марии?", "телефон Шеленкова".
func TestRussianCases(t *testing.T) {
	check(t, []example{
		{"Шеленкова", 1, people.One},
		{"Шеленкову Евгению", 1, people.One},
		{"с Шеленковым", 1, people.One},
		{"Юлию Хохлову", 5, people.One},
		{"о Юлии", 5, people.One},
		{"Достоевской", 10, people.One},
		{"Кравцу", 11, people.One},
		{"Павла", 11, people.One},
		{"Жене Шеленкову", 1, people.One},
		{"Джона Смита", 6, people.One},
		{"Иванова", 2, people.Several}, // she, or of him
		{"Ивановой", 2, people.One},
		{"инженера Хохлову", 5, people.One},
	})
}

func TestPhonesAndEmails(t *testing.T) {
	check(t, []example{
		{"+7 (912) 345-67-89", 1, people.One},
		{"89123456789", 1, people.One},
		{"9123456789", 1, people.One},
		{"тел. 7-912-345 67 89", 1, people.One},
		{"345-67-89", 1, people.One},
		{"6789", 1, people.One}, // the last digits
		{"789", 0, people.Nobody},
		{"101", 1, people.One},
		{"доб. 103", 3, people.One},
		{"84951234567", 3, people.Several}, // the switchboard
		{"8 495 1234567 доб 103", 3, people.One},
		{"0049 30 123456", 6, people.One},
		{"030 123456", 6, people.One},
		{"e.shelenkov@example.com", 1, people.One},
		{"<E.Shelenkov@Example.COM>,", 1, people.One},
		{"e.shelenkov@old.example", 1, people.One},
		{"Design", 2, people.One},
		{"rob@", 7, people.One},
	})
}

func TestPositions(t *testing.T) {
	check(t, []example{
		{"дизайнер", 2, people.One},
		{"дизайнер Маша", 2, people.One},
		{"инженер", 5, people.Several}, // the one who is just that comes first
		{"главный инженер", 4, people.One},
		{"бухгалтеру", 3, people.One},
	})
}

func TestExact(t *testing.T) {
	x := people.NewIndex(staff)
	for query, want := range map[string]bool{
		"Шеленков": true, "женя": true, "Itktyrjd": true, "Шеленкову": true, "дизайнер": true, "101": true,
		"Шел": false, "Шиленков": false, "м": false, "Мария Шеленкова": false,
	} {
		if found := x.Find(query, 1); found.Matches[0].Exact != want {
			t.Errorf("%q is exact: %v, want %v", query, !want, want)
		}
	}
}

// Words of different people do not make one, and nobody is taken for somebody else with a name like it.
func TestNobodyElse(t *testing.T) {
	check(t, []example{
		{"Мария Шеленкова", 2, people.Near},
		{"Анна Петрова", 9, people.Near},
		{"Марина", 14, people.Near}, // a name of its own, and no slip for Мария
		{"Марина Иванова", 2, people.Near},
		{"Марие", 2, people.Several}, // of Мария, here and in Latin letters
		{"Александр Хохлов", 8, people.Near},
		{"", 0, people.Nobody},
		{" \t\u200b", 0, people.Nobody},
		{"%", 0, people.Nobody},
		{"привет", 0, people.Nobody},
		{"спасибо!", 0, people.Nobody},
	})
}
