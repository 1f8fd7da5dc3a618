package remote

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/nats-io/nats.go/micro"
	"golang.org/x/mod/semver"
)

// directory is what services tell of themselves.
type directory struct {
	offers  map[string]map[string]offer // by name and version
	refused map[string]error
}

// offer is a service, and its schema as it was sent.
type offer struct {
	Service
	schema string
}

const (
	// maxServices is how many commands other processes may add, and maxVersions in how many versions each.
	maxServices = 100
	maxVersions = 5
	// maxOffers is how many versions of one name are read, and maxRefused how many refusals are told of.
	maxOffers  = 20
	maxRefused = 1000
)

// read takes the answer of one instance that was asked by name.
func (d directory) read(name string, data []byte) {
	var info micro.Info
	if err := json.Unmarshal(data, &info); err != nil || info.Name != serviceName(name) {
		d.refuse(name, errors.New("its answer is not that of a service of this name"))
		return
	}
	known, again := d.offers[name][info.Version]
	schema := info.Metadata[metaSchema]
	// Instances of one version that describe it differently are a mistake of whoever runs them. One is taken, always the same.
	if again && known.schema <= schema || len(d.offers[name]) >= maxOffers {
		return
	}
	s, err := describe(Service{Name: name, Version: info.Version}, info.Metadata)
	if err != nil {
		d.refuse(name+" "+forLog(info.Version), err)
		return
	}
	if d.offers[name] == nil {
		d.offers[name] = map[string]offer{}
	}
	d.offers[name][s.Version] = offer{s, schema}
}

func (d directory) refuse(who string, why error) {
	if len(d.refused) < maxRefused {
		d.refused[who] = why
	}
}

// describe reads the schema, and tells what is wrong with it or the version.
func describe(s Service, metadata map[string]string) (Service, error) {
	schema := metadata[metaSchema]
	switch {
	case metadata[metaProtocol] != Protocol:
		return s, fmt.Errorf("it speaks version %q of the protocol, and not %s", forLog(metadata[metaProtocol]), Protocol)
	case !goodVersion(s.Version):
		return s, errors.New("its version is not like 1.2.0")
	case len(schema) > MaxSchema:
		return s, fmt.Errorf("its schema has %d bytes; at most %d are read", len(schema), MaxSchema)
	}
	if err := json.Unmarshal([]byte(schema), &s.Schema); err != nil {
		return s, fmt.Errorf("its schema: %s", forLog(err.Error()))
	}
	if s.Schema.Name != s.Name {
		return s, fmt.Errorf("its schema is of command %q", forLog(s.Schema.Name))
	}
	if _, err := (&Caller{}).Command([]Service{s}).Schema(); err != nil {
		return s, fmt.Errorf("its schema: %s", forLog(err.Error()))
	}
	return s, nil
}

// maxVersion is the longest version, in bytes. It becomes part of a subject.
const maxVersion = 64

// goodVersion reports whether s is a version as NATS wants one: three numbers, and what semver.org lets follow.
func goodVersion(s string) bool {
	v := "v" + s
	return len(s) <= maxVersion && semver.IsValid(v) && semver.Canonical(v)+semver.Build(v) == v
}

// list is what there is, within bounds: by name, newest version first.
func (d directory) list() []Service {
	var all []Service
	names := slices.Sorted(maps.Keys(d.offers))
	for _, name := range names[:min(len(names), maxServices)] {
		versions := slices.SortedFunc(maps.Values(d.offers[name]), newestFirst)
		for _, v := range versions[:min(len(versions), maxVersions)] {
			all = append(all, v.Service)
		}
	}
	return all
}

func newestFirst(a, b offer) int {
	return cmp.Or(semver.Compare("v"+b.Version, "v"+a.Version), cmp.Compare(b.Version, a.Version))
}
