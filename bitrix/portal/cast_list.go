package portal

import "time"

// Zones people live in.
const (
	moscow      = "Europe/Moscow"
	kaliningrad = "Europe/Kaliningrad"
	yekat       = "Asia/Yekaterinburg"
	novosibirsk = "Asia/Novosibirsk"
	vladivostok = "Asia/Vladivostok"
	almaty      = "Asia/Almaty"
	berlin      = "Europe/Berlin"
	london      = "Europe/London"
	newYork     = "America/New_York"
	kolkata     = "Asia/Kolkata"
)

// cast is everybody, with the same people at every start. Whoever is like a real person is so by chance.
func cast() []role {
	const m, f = "M", "F"
	const hour = time.Hour
	in := func(departments ...int64) []int64 { return departments }
	return []role{
		{1, "Виктор", "Громов", "viktor.gromov", m, "Генеральный директор", in(company, board), moscow, online},
		{2, "Марина", "Лебедева", "marina.lebedeva", f, "Исполнительный директор", in(board), moscow, choice("dnd")},
		{3, "Павел", "Орлов", "pavel.orlov", m, "Технический директор", in(board, development), moscow, ago(40 * time.Minute)},
		{4, "Светлана", "Журавлёва", "svetlana.zhuravleva", f, "Финансовый директор", in(board, accounting), moscow, leave(4, 10)},
		{5, "Евгений", "Шеленков", "eugene", m, "Ведущий разработчик", in(development), moscow, online},
		{6, "Дмитрий", "Ковалёв", "dmitry.kovalev", m, "Руководитель разработки", in(development), moscow, online},
		{7, "Анна", "Тестова", "anna", f, "Офис-менеджер", in(company, office), moscow, online},
		{8, "Олег", "Смирнов", "oleg.smirnov", m, "Менеджер по продажам", in(sales), yekat, ago(2 * hour)},
		{9, "Наталья", "Белова", "natalia.belova", f, "Административный директор", in(office), moscow, ago(26 * hour)},
		{10, "Иван", "Мостовой", "ivan.mostovoy", m, "Водитель", in(office), moscow, onPhone},
		{11, "Галина", "Ерёмина", "galina.eremina", f, "Секретарь", in(office), moscow, choice("break")},
		{12, "Ирина", "Соколова", "irina.sokolova", f, "Системный аналитик", in(development), moscow, leave(3, 14)},
		{13, "Борис", "Уваров", "boris.uvarov", m, "Бухгалтер", in(), moscow, dismissed},
		{14, "Тимур", "Ахметов", "timur.akhmetov", m, "Администратор сети", in(office), almaty, online},
		{15, "Юлия", "Фомина", "yulia.fomina", f, "Помощник руководителя", in(board), moscow, online},
		{16, "Николай", "Новиков", "nikolay.novikov", m, "Стажёр", in(development), moscow, never},
		{20, "Константин", "Рябов", "konstantin.ryabov", m, "Руководитель отдела продаж", in(sales), moscow, online},
		{21, "Елена", "Воронцова", "elena.vorontsova", f, "Руководитель направления", in(keyAccounts), moscow, onPhone},
		{22, "Артём", "Гусев", "artem.gusev", m, "Менеджер по продажам", in(sales), yekat, online},
		{23, "Ольга", "Миронова", "olga.mironova", f, "Менеджер по продажам", in(sales), novosibirsk, ago(5 * hour)},
		{24, "Руслан", "Хасанов", "ruslan.khasanov", m, "Менеджер по работе с клиентами", in(keyAccounts), moscow, online},
		{25, "Дарья", "Киселёва", "daria.kiseleva", f, "Менеджер по работе с клиентами", in(keyAccounts), moscow, choice("away")},
		{26, "Максим", "Зайцев", "maxim.zaitsev", m, "Специалист по тендерам", in(sales), moscow, ago(3 * 24 * hour)},
		{27, "Алина", "Сафина", "alina.safina", f, "Менеджер по продажам", in(sales), yekat, leave(9, 3)},
		{28, "Глеб", "Панов", "gleb.panov", m, "Менеджер по продажам", in(sales), vladivostok, ago(11 * hour)},
		{29, "Вера", "Климова", "vera.klimova", f, "Координатор продаж", in(sales), moscow, online},
		{30, "Кирилл", "Денисов", "kirill.denisov", m, "Разработчик", in(development), moscow, online},
		{31, "Пётр", "Внешний", "", m, "", in(), moscow, guest},
		{32, "Лада", "Гостева", "", f, "", in(), moscow, collaber},
		{33, "Алексей", "Морозов", "alexey.morozov", m, "Старший разработчик", in(development), novosibirsk, online},
		{34, "Полина", "Егорова", "polina.egorova", f, "Разработчик интерфейсов", in(development), moscow, ago(15 * time.Minute)},
		{35, "Роман", "Титов", "roman.titov", m, "Инженер инфраструктуры", in(development), kaliningrad, choice("dnd")},
		{36, "Софья", "Крылова", "sofia.krylova", f, "Дизайнер", in(development, marketing), moscow, online},
		{37, "Игорь", "Шестаков", "igor.shestakov", m, "Архитектор", in(development), moscow, ago(50 * time.Minute)},
		{38, "Ева", "Романова", "eva.romanova", f, "Разработчик", in(development), moscow, onPhone},
		{39, "Степан", "Беляев", "stepan.belyaev", m, "Разработчик", in(development), yekat, ago(8 * 24 * hour)},
		{40, "Людмила", "Карпова", "lyudmila.karpova", f, "Руководитель тестирования", in(quality), moscow, online},
		{41, "Егор", "Лазарев", "egor.lazarev", m, "Тестировщик", in(quality), moscow, online},
		{42, "Кристина", "Осипова", "kristina.osipova", f, "Тестировщик", in(quality), novosibirsk, choice("break")},
		{43, "Вадим", "Щукин", "vadim.shchukin", m, "Инженер по автоматизации", in(quality), moscow, ago(30 * hour)},
		{45, "Михаил", "Поляков", "mikhail.polyakov", m, "Руководитель поддержки", in(support), moscow, online},
		{46, "Оксана", "Данилова", "oksana.danilova", f, "Специалист поддержки", in(support), moscow, online},
		{47, "Фёдор", "Жуков", "fedor.zhukov", m, "Специалист поддержки", in(support), vladivostok, ago(6 * hour)},
		{48, "Зоя", "Макеева", "zoya.makeeva", f, "Специалист поддержки", in(support), novosibirsk, online},
		{49, "Антон", "Быков", "anton.bykov", m, "Специалист поддержки, вторая линия", in(support), moscow, choice("dnd")},
		{50, "Лилия", "Юсупова", "lilia.yusupova", f, "Специалист поддержки", in(support), yekat, leave(1, 21)},
		{52, "Ксения", "Власова", "ksenia.vlasova", f, "Руководитель маркетинга", in(marketing), moscow, online},
		{53, "Денис", "Родионов", "denis.rodionov", m, "Интернет-маркетолог", in(marketing), moscow, ago(70 * time.Minute)},
		{54, "Виктория", "Голубева", "victoria.golubeva", f, "Редактор", in(marketing), kaliningrad, online},
		{55, "Семён", "Крюков", "semen.kryukov", m, "Аналитик", in(marketing), moscow, ago(2 * 24 * hour)},
		{58, "Татьяна", "Мельникова", "tatiana.melnikova", f, "Руководитель отдела кадров", in(hr), moscow, online},
		{59, "Яна", "Рыбакова", "yana.rybakova", f, "Специалист по подбору персонала", in(hr), moscow, choice("away")},
		{61, "Валентина", "Савельева", "valentina.savelieva", f, "Главный бухгалтер", in(accounting), moscow, ago(20 * time.Minute)},
		{62, "Анатолий", "Прохоров", "anatoly.prokhorov", m, "Бухгалтер", in(accounting), moscow, leave(6, 1)},
		{64, "Emma", "Clarke", "emma.clarke", f, "Head of International Office", in(overseas), london, online},
		{65, "Lukas", "Weber", "lukas.weber", m, "Country Manager, DACH", in(overseas), berlin, online},
		{66, "Sofía", "Navarro", "sofia.navarro", f, "Customer Success Manager", in(overseas), newYork, ago(9 * hour)},
		{67, "Priya", "Sharma", "priya.sharma", f, "Solutions Engineer", in(overseas, development), kolkata, choice("dnd")},
		{68, "Jack", "O'Neill", "jack.oneill", m, "Sales Manager", in(overseas), newYork, leave(2, 7)},
		{69, "Zoë", "Dubois", "zoe.dubois", f, "Technical Writer", in(overseas), berlin, ago(400 * 24 * hour)},
		{88, "Гость", "88", "", m, "", in(), moscow, connector},
		{98, "Захар[b]", "Кавычкин", "zakhar", m, `R&D "ядро" <v2> [url=https://demo.example]жми[/url]`, in(development), moscow, online},
		{99, "Ника", "Скобкина", "nika", f, "[send=/whois 1]Нажми меня[/send]\n/whois 1", in(quality), moscow, ago(90 * time.Minute)},
	}
}
