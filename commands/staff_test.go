package commands_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// thousands is a large company as it is read.
func thousands(n int) bitrix.Staff {
	var read bitrix.Staff
	for i := range n {
		first, last := crowdFirst[i%len(crowdFirst)], fmt.Sprint(crowdLast[i/len(crowdFirst)%len(crowdLast)], i%7)
		read.People = append(read.People, bitrix.User{
			ID: bitrix.UserID(i + 1), Active: true, FirstName: first, LastName: last, Name: first + " " + last, WorkPosition: "Инженер",
			Email: fmt.Sprintf("person%d@demo.example", i), Departments: []int64{int64(i % 200)}, Birthday: "14-02",
			Phones: bitrix.Phones{Mobile: fmt.Sprintf("+7 916 %07d", i), Inner: fmt.Sprint(10_000 + i)},
		})
	}
	return read
}

// BenchmarkStaff is making 5,000 people searchable; MB/kept is what they take from then on.
func BenchmarkStaff(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	read := thousands(5000)
	var staff *commands.Staff
	for b.Loop() {
		staff = commands.NewStaff(now, read)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB/kept")
	runtime.KeepAlive(staff)
}

// BenchmarkWhoisByName is an answer from 5,000 people, without the portal.
func BenchmarkWhoisByName(b *testing.B) {
	read := thousands(5000)
	staff := commands.NewStaff(now, read)
	set := setOf(b)
	portal := people{1: read.People[0]}
	for b.Loop() {
		if _, err := set.Run(b.Context(), asks("person0@demo.example", portal, staff)); err != nil {
			b.Fatal(err)
		}
		if _, err := set.Run(b.Context(), asks("Абрамав Аликсей", portal, staff)); err != nil {
			b.Fatal(err)
		}
	}
}
