// Package bitrix speaks to Bitrix24 both ways: it reads the events a portal posts and calls its REST methods.
package bitrix
