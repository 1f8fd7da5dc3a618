package people

// Person is what can be searched of somebody. Nothing in it needs to be clean: names may hold any characters and phones
// any notation, and what is too long is searched by its beginning.
type Person struct {
	// ID is the number of the person on the portal. It is not searched; it makes the order of equals certain.
	ID int64
	// Name is the full name as shown. It may hold what FirstName and LastName do not: a patronymic, a second surname.
	Name, FirstName, LastName string
	// Position is the job title.
	Position string
	// Email is the whole address.
	Email string
	// Phones are numbers in any notation, and internal extensions; also both in one: "+7 495 123-45-67 доб. 101".
	Phones []string
}
