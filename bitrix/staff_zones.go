package bitrix

import (
	"context"
	"encoding/json"
	"regexp"
)

const (
	zoneMethod = "user.get"
	// zonesPerCommand is a page of user.get. It has no larger ones.
	zonesPerCommand = 50
	// longestZone is in bytes: twice what the longest name takes that the IANA knows, America/Argentina/ComodRivadavia.
	longestZone = 64
)

// zoneName is what the IANA makes names of: parts of letters and digits, and nothing that leads out of a folder of zones.
var zoneName = regexp.MustCompile(`^[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*$`)

// zoneParams ask for no more than zones. Older portals do not know SELECT, and tell all that the permission is good for.
type zoneParams struct {
	Filter struct {
		ID []UserID `json:"ID"`
	} `json:"FILTER"`
	Select []string `json:"SELECT"`
}

// wireZone is of a person as user.get writes one. TIME_ZONE is "" for who has the browser find out, which is told to nobody.
type wireZone struct {
	ID   looseInt    `json:"ID"`
	Zone looseString `json:"TIME_ZONE"`
}

// setZones has people know their time zones. These are an extra: if a portal refuses any, for want of the permission mostly, or does
// not answer in time, nobody has one, and no more is asked.
func (r *reading) setZones(ctx context.Context, people []User) {
	zones, err := r.zones(ctx, people)
	if err != nil {
		return
	}
	for i, who := range people {
		people[i].TimeZone = zones[who.ID]
	}
}

// zones are the names of the time zones that people have chosen. A portal that tells everything of everybody tells some 1.5 KB
// of a person, as much as im.user.list.get, so there are as many to a request.
func (r *reading) zones(ctx context.Context, people []User) (map[UserID]string, error) {
	zones := map[UserID]string{}
	about := func(few []User) BatchCall { return BatchCall{zoneMethod, zonesOf(few)} }
	for result, err := range answers(ctx, r, people, peoplePerRequest, zonesPerCommand, about) {
		if err != nil {
			return nil, err
		}
		var told looseList[json.RawMessage]
		if err := result.Decode(&told); err != nil {
			return nil, err
		}
		noteZones(zones, told)
	}
	return zones, nil
}

func zonesOf(people []User) zoneParams {
	p := zoneParams{Select: []string{"ID", "TIME_ZONE"}}
	for _, who := range people {
		p.Filter.ID = append(p.Filter.ID, who.ID)
	}
	return p
}

// noteZones keeps what looks like a zone: people's browsers choose from a list, but a portal may be sent anything. Whether
// there is such a zone is not asked here. One who cannot be read has none.
func noteZones(zones map[UserID]string, told []json.RawMessage) {
	for _, data := range told {
		var who wireZone
		if err := json.Unmarshal(data, &who); err != nil {
			continue
		}
		if name := string(who.Zone); len(name) <= longestZone && zoneName.MatchString(name) {
			zones[UserID(who.ID)] = name
		}
	}
}
