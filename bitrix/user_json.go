package bitrix

import "encoding/json"

// wireUser is a user as im.user.get writes it, old and current keys together.
type wireUser struct {
	ID             looseInt               `json:"id"`
	Active         *looseBool             `json:"active"` // old portals do not say
	Name           looseString            `json:"name"`
	FirstName      looseString            `json:"first_name"`
	LastName       looseString            `json:"last_name"`
	WorkPosition   looseString            `json:"work_position"`
	Color          looseString            `json:"color"`
	Avatar         looseString            `json:"avatar"`
	AvatarHR       looseString            `json:"avatar_hr"`
	Gender         looseString            `json:"gender"`
	Birthday       looseString            `json:"birthday"`
	Extranet       looseBool              `json:"extranet"`
	Network        looseBool              `json:"network"`
	Bot            looseBool              `json:"bot"`
	Connector      looseBool              `json:"connector"`
	ExternalAuthID looseString            `json:"external_auth_id"`
	Type           looseString            `json:"type"`
	Status         looseString            `json:"status"`
	Idle           OptTime                `json:"idle"`
	LastActivity   OptTime                `json:"last_activity_date"`
	MobileLast     OptTime                `json:"mobile_last_date"`
	DesktopLast    OptTime                `json:"desktop_last_date"`
	Absent         OptTime                `json:"absent"`
	Departments    looseList[looseInt]    `json:"departments"`
	Phones         Phones                 `json:"phones"`
	BotData        object[BotData]        `json:"bot_data"`
	Website        looseString            `json:"website"`
	Email          looseString            `json:"email"`
	Profile        looseString            `json:"profile"`
	Services       looseList[looseString] `json:"services"`
}

// UnmarshalJSON reads a user as im.user.get and its neighbours write it. Blank dates and lists come in many
// shapes; keys nobody told us of are ignored.
func (u *User) UnmarshalJSON(data []byte) error {
	var w wireUser
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*u = w.user()
	return nil
}

func (w wireUser) user() User {
	return User{
		ID:             UserID(w.ID),
		Active:         w.Active == nil || bool(*w.Active),
		Name:           string(w.Name),
		FirstName:      string(w.FirstName),
		LastName:       string(w.LastName),
		WorkPosition:   string(w.WorkPosition),
		Color:          string(w.Color),
		Avatar:         string(w.Avatar),
		AvatarHR:       string(w.AvatarHR),
		Gender:         Gender(w.Gender),
		Birthday:       string(w.Birthday),
		Extranet:       bool(w.Extranet),
		Network:        bool(w.Network),
		Bot:            bool(w.Bot),
		Connector:      bool(w.Connector),
		ExternalAuthID: string(w.ExternalAuthID),
		Type:           string(w.Type),
		Status:         string(w.Status),
		Idle:           w.Idle,
		LastActivity:   w.LastActivity,
		MobileLast:     w.MobileLast,
		DesktopLast:    w.DesktopLast,
		Absent:         w.Absent,
		Departments:    numbers(w.Departments),
		Phones:         w.Phones,
		BotData:        w.BotData.value,
		Website:        string(w.Website),
		Email:          string(w.Email),
		Profile:        string(w.Profile),
		Services:       texts(w.Services),
	}
}

func numbers(list []looseInt) []int64 {
	var out []int64
	for _, n := range list {
		out = append(out, int64(n))
	}
	return out
}

func texts(list []looseString) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}
