package people_test

import (
	"fmt"

	"github.com/whois24/whois24/commands/people"
)

func ExampleIndex_Find() {
	index := people.NewIndex([]people.Person{
		{ID: 5, Name: "Евгений Шеленков", Position: "Программист"},
		{ID: 6, Name: "Мария Иванова", Position: "Дизайнер"},
		{ID: 7, Name: "Мария Петрова", Position: "Бухгалтер"},
	})
	for _, query := range []string{"Itktyrjd", "Shelenkov Zhenya", "Маша", "дизайнер Маша", "Мария Шиленкова", "Сидоров"} {
		switch found := index.Find(query, 10); found.Verdict {
		case people.One:
			fmt.Println(query, "is", found.Matches[0].Name)
		case people.Several:
			fmt.Println(query, "may be one of", len(found.Matches))
		case people.Near:
			fmt.Println(query, "is not here; did they mean", found.Matches[0].Name)
		case people.Nobody:
			fmt.Println(query, "is not here")
		}
	}
	// Output:
	// Itktyrjd is Евгений Шеленков
	// Shelenkov Zhenya is Евгений Шеленков
	// Маша may be one of 2
	// дизайнер Маша is Мария Иванова
	// Мария Шиленкова is not here; did they mean Мария Иванова
	// Сидоров is not here
}
