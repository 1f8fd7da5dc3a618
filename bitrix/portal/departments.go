package portal

// Departments by what they do. Numbers 1, 12 and 50 are those of examples people know.
const (
	company     = 1
	board       = 2
	office      = 12
	sales       = 20
	keyAccounts = 21
	development = 50
	quality     = 51
	support     = 60
	marketing   = 70
	hr          = 80
	accounting  = 90
	overseas    = 100
)

func departments() []Department {
	return []Department{
		{ID: company, Name: "Демо", Head: 1},
		{ID: board, Name: "Руководство", Parent: company, Head: 1},
		{ID: office, Name: "Офис", Parent: company, Head: 9},
		{ID: sales, Name: "Отдел продаж", Parent: company, Head: 20},
		{ID: keyAccounts, Name: "Крупные клиенты", Parent: sales, Head: 21},
		{ID: development, Name: "Отдел разработки", Parent: company, Head: 6},
		{ID: quality, Name: "Тестирование", Parent: development, Head: 40},
		{ID: support, Name: "Служба поддержки", Parent: company, Head: 45},
		{ID: marketing, Name: "Маркетинг", Parent: company, Head: 52},
		{ID: hr, Name: "Отдел кадров (HR)", Parent: company, Head: 58},
		{ID: accounting, Name: "Бухгалтерия", Parent: company, Head: 61},
		{ID: overseas, Name: "International office", Parent: company, Head: 64},
	}
}
