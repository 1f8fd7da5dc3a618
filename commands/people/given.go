package people

import (
	"slices"
	"strings"
	"sync"
)

// givenNameLines has a line for each first name that is customarily said otherwise: the full name first, then what it becomes
// among people who know each other, then its usual spellings elsewhere where the sound alone does not give them (Alexander
// and Олександр for Александр, Джеймс for James). It ends at the names one in two thousand people in Russia, or in the
// United States, bears, and at forms said at work: Саша and Шура, but not Сашенька. Two sorts of forms need no entry:
// those in the other script (Sasha), and those that withFamiliar makes (Сашка).
const givenNameLines = `
Александр Саша Саня Шура Алекс Олександр Alexander Alex
Александра Саша Саня Шура Алекс Алекса Олександра Alexandra Alex
Алексей Лёша Алёша Лёха Алекс Олексий Alex
Алина Аля
Алиса Аля Alice
Алла Аля
Альберт Алик Берт
Альбина Аля Бина
Анастасия Настя Ася Стася Настасья Anastasia
Анатолий Толя Толик
Ангелина Геля Лина Angelina
Андрей Андрюха Андрюша Дрон Андрий Andrew
Анжелика Анжела Лика Angelica
Анна Аня Нюра Анюта Нюша Ганна Ann Anne
Антон Антоша Тоша Anthony
Антонина Тоня Нина
Арина Ариша
Аркадий Аркаша Кеша
Арсений Сеня Арсен
Артём Тёма Артемий Тёмыч
Артур Arthur
Богдан Бодя
Борис Боря
Вадим Вадик Дима
Валентин Валя Valentine
Валентина Валя
Валерий Валера Лера Valery
Валерия Лера Валера Valerie
Варвара Варя Barbara
Василий Вася Василь Basil
Василиса Вася
Вероника Ника Veronica
Виктор Витя Victor
Виктория Вика Тори Victoria
Виталий Виталик Виталя
Владимир Вова Володя Влад Вован Володимир
Владислав Влад Владик Слава
Владлен Влад
Всеволод Сева Лодя
Вячеслав Слава Славик
Галина Галя
Геннадий Гена
Георгий Гоша Жора Гера Гога Егор George
Герман Гера Herman
Григорий Гриша Gregory
Даниил Даня Данила Данил Daniel
Дарья Даша Дарина Daria
Денис Дэн Ден Dennis
Дмитрий Дима Митя Димон Дмитро
Евгений Женя Жека Жэка Евген Eugene
Евгения Женя Eugenia
Екатерина Катя Катерина Катюша Catherine Katherine Kate
Елена Лена Алёна Олена Helen Helena
Елизавета Лиза Elizabeth
Ефим Фима
Жанна Joan
Захар Зоря
Зинаида Зина
Иван Ваня Ванюша
Игорь Гарик Гоша Игорёк Игор
Илья Илюша Илюха Elijah
Иннокентий Кеша
Ирина Ира Ириша Irene
Иосиф Ося Joseph
Карина Кара
Кирилл Кира Кирюша Киря Cyril
Константин Костя Костян Костик Constantine
Кристина Крис Кристя Christina
Ксения Ксюша Ксю Ксеня Оксана Ксюха Xenia
Лариса Лара
Лев Лёва Leo
Леонид Лёня Лёнчик
Лидия Лида
Лилия Лиля Лиля Lily
Любовь Люба
Людмила Люда Мила Люся
Маргарита Рита Марго Margaret
Марина Мариша
Мария Маша Маруся Маня Марья Мари Mary Maria
Максим Макс
Матвей Мотя Матюша Matthew
Михаил Миша Михайло Michael
Милана Мила Лана
Надежда Надя
Наталья Наташа Ната Наталия Таша Natalie
Никита Ник Никитос
Николай Коля Колян Ник Микола Nicholas
Оксана Ксюша Ксана Ксеня
Олег Олежек
Олеся Леся Лёля
Ольга Оля Лёля
Павел Паша Павлик Павло Paul
Пётр Петя Петро Peter
Полина Поля Pauline
Раиса Рая
Регина Рина
Родион Родя
Роман Рома
Руслан Русик Рус
Рустам Рустик Рус
Светлана Света Лана Свитлана
Семён Сёма Сеня Simon
Сергей Серёжа Серёга Серж Сергий Serge
Серафима Сима Фима
София Софья Соня Софа Sophia Sofia Sophie
Станислав Стас Слава Stan
Степан Стёпа Stephen
Тамара Тома
Татьяна Таня Тата Танюша Тетяна
Тимофей Тима Тимоша Тим Timothy
Тимур Тима Тим
Ульяна Уля Ульяша
Фёдор Федя Theodore
Филипп Филя Фил Philip
Эдуард Эдик Эд Edward
Эльвира Эля Эльза
Элина Эля
Эльмира Эля Мира
Юлия Юля Julia
Юрий Юра
Яков Яша Jacob
Яна Янина
Ярослав Слава Ярик
Ярослава Слава Яра

Aaron Аарон Эрон
Abigail Abby Эбигейл
Adam Адам
Adrian Эдриан Адриан
Albert Al Bert
Alexander Alex Al Sandy Xander Александр
Alexandra Alex Sandra Lexi Александра
Alexis Alex Lexi
Alfred Al Fred Alf Альфред
Alice Элис Алиса
Alan Al Алан Allan Allen
Amanda Mandy Аманда
Amy Эми
Andrea Andy Андреа
Andrew Andy Drew Эндрю Андрей
Angela Angie Анджела
Ann Anne Anna Annie Энн
Anthony Tony Энтони
Arthur Art Артур
Ashley Ash Эшли
Barbara Barb Babs Барбара
Benjamin Ben Benny Бенджамин Бен
Bradley Brad Брэдли Брэд
Brandon Брэндон
Brian Bryan Брайан
Carl Карл
Caroline Carol Carrie Кэролайн
Catherine Cathy Kate Katie Kathy Cat Katherine Кэтрин Кейт
Charles Charlie Chuck Chas Чарльз Чарли
Charlotte Lottie Charlie Шарлотта
Christian Chris Кристиан
Christina Christine Chris Tina Кристина Кристин
Christopher Chris Topher Kit Кристофер Крис
Cynthia Cindy Синтия
Daniel Dan Danny Дэниел Дэниэл Дэн Даниэль
David Dave Davey Дэвид Дейв Давид
Deborah Debra Deb Debbie Дебора
Dennis Den Деннис
Diana Diane Di Диана Дайана
Donald Don Donnie Дональд
Dorothy Dot Dottie Dolly Дороти
Douglas Doug Дуглас
Edward Ed Eddie Ted Ned Эдвард Эд
Elizabeth Liz Beth Lizzy Eliza Betty Betsy Lisa Элизабет Лиз Бет
Emily Em Emma Эмили
Emma Эмма
Eric Erik Эрик
Ethan Итан
Evelyn Eve Эвелин
Frances Fran Fanny Фрэнсис
Francis Frank Фрэнсис
Frank Фрэнк
Frederick Fred Freddie Фредерик Фред
Gabriel Gabe Гэбриел
Gary Гэри
George Georgie Джордж
Gerald Gerry Jerry Джеральд
Gregory Greg Грегори Грег
Hannah Ханна
Harold Harry Hal Гарольд
Heather Хизер
Helen Nell Nellie Хелен Элен
Henry Harry Hank Генри Гарри
Howard Howie Говард
Isabella Bella Isabel Изабелла
Jacob Jake Джейкоб Джейк
James Jim Jimmy Jamie Джеймс Джим
Janet Jan Джанет
Jason Jay Джейсон
Jeffrey Geoffrey Jeff Geoff Джеффри Джефф
Jennifer Jen Jenny Дженнифер Джен
Jeremy Jerry Джереми
Jessica Jess Jessie Джессика
Jack Джек
John Jack Johnny Jon Джон
Jonathan Jon Nathan Джонатан
Jordan Джордан
Joseph Joe Joey Джозеф Джо
Joshua Josh Джошуа Джош
Julia Julie Jules Джулия Юлия
Justin Джастин
Karen Карен Кэрен
Keith Кит
Kenneth Ken Kenny Кеннет Кен
Kevin Kev Кевин
Kimberly Kim Кимберли
Kyle Кайл
Larry Lawrence Laurence Лоуренс Ларри
Laura Лора
Lauren Лорен
Leonard Leo Len Lenny Леонард
Lewis Louis Lou Льюис
Linda Lin Линда
Lisa Лиза
Lucas Luke Лукас Люк
Madison Maddie Мэдисон
Margaret Maggie Meg Peggy Marge Greta Маргарет Мэгги
Mark Marc Марк
Martha Marty Марта
Mary Molly Polly Мэри Мария
Matthew Matt Мэтью Мэттью Мэтт
Megan Meg Меган
Melissa Mel Missy Мелисса
Michael Mike Mick Mickey Майкл Майк
Michelle Shelly Мишель
Nancy Nan Нэнси
Natalie Nat Натали
Nathan Nathaniel Nate Nat Натан Нейтан
Nicholas Nick Nicky Николас Ник
Nicole Nicky Николь
Noah Ной Ноа
Olivia Liv Оливия
Pamela Pam Памела
Patricia Pat Patty Trish Патриция Пэт
Patrick Pat Paddy Патрик
Paul Пол Пауль
Peter Pete Питер Пит Петер
Philip Phillip Phil Филип Фил
Rachel Рэйчел Рейчел
Ralph Ральф Рэйф
Raymond Ray Рэймонд Рэй
Rebecca Becky Bekka Ребекка
Richard Dick Rick Rich Richie Ricky Ричард Рик
Robert Bob Bobby Rob Robbie Bert Роберт Боб Роб
Roger Роджер
Ronald Ron Ronnie Рональд Рон
Roy Рой
Russell Russ Рассел
Ruth Рут
Ryan Райан
Samantha Sam Саманта
Samuel Sam Sammy Сэмюэл Самуэль Сэм
Sandra Sandy Сандра
Sarah Sara Sally Сара
Scott Скотт
Sean Shaun Shawn Шон
Sharon Шэрон
Sophia Sophie София
Stephanie Steph Стефани
Stephen Steven Steve Стивен Стив Стефан
Susan Sue Susie Suzy Сьюзан Сюзан
Teresa Theresa Terry Tess Тереза
Theodore Ted Teddy Theo Теодор
Thomas Tom Tommy Томас Том
Timothy Tim Timmy Тимоти Тим
Tyler Тайлер
Victoria Vicky Tori Виктория
Vincent Vince Vinny Винсент
Virginia Ginny Вирджиния
Walter Walt Wally Уолтер Вальтер
Wayne Уэйн
William Will Bill Billy Liam Willie Уильям Билл Вильям
Zachary Zach Zack Закари Зак
`

// An otherName is what a first name goes by too, and how well: hundredths of the points for the name itself.
type otherName struct {
	name   string
	points int
}

// givenNames are the other names that each first name goes by. Names are known by their sounds.
type givenNames map[string][]otherName

// everywhere are the given names of givenNameLines, which nobody changes. Indexes are made often, and small ones too.
var everywhere = sync.OnceValue(func() givenNames { return readGivenNames(givenNameLines) })

// readGivenNames reads lines as of givenNameLines. All names of a line stand for each other, for portals also have people
// who signed up as Женя or as Alexander; but the short ones of a line mean its full name first.
func readGivenNames(lines string) givenNames {
	all := givenNames{}
	for line := range strings.Lines(lines) {
		names := withFamiliar(split(line))
		for i, name := range names {
			key := sounds(name)[0]
			for j, other := range names {
				points := customary
				if i > 0 && j > 0 {
					points = bothShort
				}
				if i != j {
					all[key] = append(all[key], otherName{other, points})
				}
			}
		}
	}
	return all
}

// withFamiliar adds what friends make of short names: Машка of Маша, Женька of Женя.
func withFamiliar(names []string) []string {
	for _, name := range names[min(1, len(names)):] {
		if stem, ok := strings.CutSuffix(name, "а"); ok {
			names = append(names, stem+"ка")
		} else if stem, ok := strings.CutSuffix(name, "я"); ok {
			names = append(names, stem+"ька")
		}
	}
	return names
}

// has reports whether a folded word is one of the names, or sounds like one.
func (all givenNames) has(w string) bool {
	return slices.ContainsFunc(sounds(w), func(s string) bool { return all[s] != nil })
}

// of are the other names of a folded word, perhaps repeated.
func (all givenNames) of(w string) []otherName {
	var others []otherName
	for _, s := range sounds(w) {
		others = append(others, all[s]...)
	}
	return others
}
