# What CI runs is `make check`. It needs Go, and Chromium for the browser tests.

.PHONY: check test lint fuzz bench

check: lint test

test:
	go test -race -shuffle=on ./...

lint:
	@test -z "$$(go tool gofumpt -l .)" || { echo "not formatted; run: go tool gofumpt -w ."; go tool gofumpt -l .; exit 1; }
	go vet ./...
	go fix -diff ./...
	go tool staticcheck ./...
	@out="$$(go tool deadcode -test ./...)"; test -z "$$out" || { echo "$$out"; exit 1; }
	go mod tidy -diff

# What strangers send, ten minutes each.
FUZZTIME ?= 10m
fuzz:
	go test ./bitrix -run=none -fuzz=FuzzForm -fuzztime=$(FUZZTIME)
	go test ./bitrix -run=none -fuzz=FuzzPlain -fuzztime=$(FUZZTIME)
	go test ./commands -run=none -fuzz=FuzzLines -fuzztime=$(FUZZTIME)

bench:
	go test -run=none -bench=. -benchmem ./bitrix ./events/...
