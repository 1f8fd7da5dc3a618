package messenger_test

import (
	"context"
	"strings"
	"testing"
)

// rendered is the markup the page makes of a BB-code.
func (p *tab) rendered(text string) string {
	p.t.Helper()
	return p.eval(`import("/messenger/bbview.js").then(({ richText }) => {
		const holder = document.createElement("div");
		holder.append(richText(` + quoted(text) + `, { nameOf: (id) => "Имя " + id, me: 7 }));
		return holder.innerHTML;
	})`)
}

func testBBCode(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	hyphens := strings.Repeat("-", 54)
	for _, tt := range []struct{ text, want string }{
		{`просто текст`, `просто текст`},
		{`[b]b[/b][i]i[/i][u]u[/u][s]s[/s]`, `<b>b</b><i>i</i><u>u</u><s>s</s>`},
		{`[B]КАК[/b] угодно`, `<b>КАК</b> угодно`},
		{`[b][i]вложено[/i][/b]`, `<b><i>вложено</i></b>`},
		{`[b]не закрыт`, `[b]не закрыт`},
		{`[b]крест [i]накрест[/b] так[/i]`, `<b>крест [i]накрест</b> так[/i]`},
		{`[/b] лишний`, `[/b] лишний`},
		{`[blink]нет такого[/blink]`, `[blink]нет такого[/blink]`},
		{`раз[br]два`, `раз<br>два`},
		{`[color=#d00]к[/color]`, `<span style="color: rgb(221, 0, 0);">к</span>`},
		{`[color=red;x]к[/color]`, `<span>к</span>`},
		{`[size=20]б[/size]`, `<span style="font-size: 1.25em;">б</span>`},
		{`[size=900]б[/size]`, `<span>б</span>`},
		{`[user=5]Женя[/user]`, `<button class="mention" type="button">Женя</button>`},
		{`[USER=5 REPLACE]Женя[/USER]`, `<button class="mention" type="button">Женя</button>`},
		{`[user=5][/user]`, `<button class="mention" type="button">Имя 5</button>`},
		{`[user=7]я[/user]`, `<button class="mention mine" type="button">я</button>`},
		{`[user=all]все[/user]`, `<span class="mention mine">все</span>`},
		{`[chat=142]чат[/chat]`, `<button class="mention" type="button">чат</button>`},
		{`[send=/whois 5]кто[/send]`, `<button class="link send" type="button">кто</button>`},
		{`[put=/whois ]ещё[/put]`, `<button class="link put" type="button">ещё</button>`},
		{`[code][b]не тег[/b][/code]`, `<code dir="ltr">[b]не тег[/b]</code>`},
		{`[code]без конца [b]ж[/b]`, `[code]без конца <b>ж</b>`},
		{"[timestamp=1790000000 format=SHORT_TIME_FORMAT]", `>19:13</time>`},
		{"[timestamp=1790000000 format=LONG_DATE_FORMAT]", `>21 сентября 2026 г.</time>`},
		{"[timestamp=вчера]", `[timestamp=вчера]`},
		{"[url=https://a.example/?x=1&y]тут[/url]", `href="https://a.example/?x=1&amp;y" target="_blank" rel="noopener noreferrer nofollow"`},
		{"[url]/company/5/[/url]", `href="` + p.url + `/company/5/"`},
		{"смотри https://a.example/b.", `>https://a.example/b</a>.`},
		{"[img]https://evil.example/x.png[/img]", `class="chip blocked"`},
		{"[img size=small]/upload/avatar/5.svg[/img]", `<img class="picture small" src="` + p.url + `/upload/avatar/5.svg"`},
		{">>раз\n>> два\nответ", `<blockquote dir="auto">раз` + "\n" + `два</blockquote><div class="text" dir="auto">ответ</div>`},
		{hyphens + "\nАнна [сегодня]\nтекст\n" + hyphens + "\nответ", `<blockquote class="quoted" dir="auto">Анна [сегодня]`},
		{"[code]\n>>не цитата\nни разу[/code]", `<code class="block" dir="ltr">&gt;&gt;не цитата`},
	} {
		if got := p.rendered(tt.text); !strings.Contains(got, tt.want) {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// hostile texts must come out as text: no elements but those of BB-code, no addresses but those of the web.
var hostile = []string{
	`<img src=x onerror="window.pwned=1">`,
	`<script>window.pwned=1</script>`,
	`[url=javascript:window.pwned=1]сюда[/url]`,
	`[url= javascript:window.pwned=1]сюда[/url]`,
	"[url=java\tscript:window.pwned=1]сюда[/url]",
	`[url]data:text/html,<script>window.pwned=1</script>[/url]`,
	`[url=//evil.example/]сюда[/url]`,
	`[url=/\evil.example/]сюда[/url]`,
	`[url=https://a.example/" onclick="window.pwned=1]сюда[/url]`,
	`[img]javascript:window.pwned=1[/img]`,
	`[img]//evil.example/x.png[/img]`,
	`[img]x" onerror="window.pwned=1[/img]`,
	`[icon=javascript:window.pwned=1 title="><img src=x onerror=window.pwned=1>]`,
	`[color=#fff;background:url(//evil.example)]цвет[/color]`,
	`[user=5" onclick="window.pwned=1]имя[/user]`,
	`[b onclick=window.pwned=1]жирно[/b]`,
	`[code]<img src=x onerror=window.pwned=1>[/code]`,
	`[timestamp=99999999999999999999]`,
	`[timestamp=1 format=<b>]`,
	`[user=__proto__]имя[/user][constructor=1]x[/constructor]`,
	strings.Repeat("[b]", 6000),
	strings.Repeat("[code]", 3000),
	strings.Repeat("[b][/i]", 2500),
	strings.Repeat("[url=", 4000),
	strings.Repeat("-", 54) + "\n>>",
}

func testHostileText(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	for _, text := range hostile {
		p.reply("7", "начало "+text, map[string]any{
			"attach": []any{
				map[string]any{"MESSAGE": text},
				map[string]any{"GRID": []any{map[string]any{"DISPLAY": "ROW", "NAME": text[:min(len(text), 300)], "VALUE": text[:min(len(text), 300)]}}},
			},
			"keyboard": []any{map[string]any{"TEXT": text[:min(len(text), 100)], "ACTION": "COPY", "ACTION_VALUE": "x"}},
		})
	}
	p.reply("7", "конец", nil)
	p.says("конец")
	for what, expression := range map[string]string{
		"a script ran":     `window.pwned === undefined`,
		"a live attribute": `![...document.querySelectorAll("*")].some((n) => [...n.attributes].some((a) => a.name.startsWith("on")))`,
		"a foreign link":   `[...document.querySelectorAll("#log a")].every((a) => /^https:\/\/a\.example\//.test(a.href))`,
		"a picture":        `document.querySelectorAll("#log img, #log script, #log iframe, #log style").length === 0`,
	} {
		if p.eval(expression) != "true" {
			t.Errorf("%s on the page: %s", what, p.eval(`[...document.querySelectorAll("#log a, #log img")].map((n) => n.outerHTML).join("\n")`))
		}
	}
	if n := p.eval(`performance.getEntriesByType("resource").filter((r) => !r.name.startsWith(location.origin)).length`); n != "0" {
		t.Errorf("%s requests to other hosts", n)
	}
}

func testCardsAndKeyboards(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.reply("7", "карточка", map[string]any{
		"attach": map[string]any{"COLOR_TOKEN": "alert", "BLOCKS": []any{
			map[string]any{"USER": []any{map[string]any{"NAME": "Евгений", "USER_ID": 5, "AVATAR": p.url + "/upload/avatar/5.svg"}}},
			map[string]any{"GRID": []any{map[string]any{"DISPLAY": "TABLE", "NAME": "Отдел", "VALUE": "[b]R&D[/b]"}}},
			map[string]any{"LINK": map[string]any{"LINK": "https://a.example/", "NAME": "Профиль", "DESC": "на портале"}},
			map[string]any{"IMAGE": map[string]any{"LINK": "https://evil.example/x.png"}},
			map[string]any{"DELIMITER": map[string]any{"SIZE": 200}},
		}},
		"keyboard": []any{
			map[string]any{"TEXT": "Ещё раз", "COMMAND": "whois", "COMMAND_PARAMS": "5", "BG_COLOR_TOKEN": "primary", "BLOCK": "Y", "DISPLAY": "LINE"},
			map[string]any{"TEXT": "Спросить", "ACTION": "SEND", "ACTION_VALUE": "/whois 6", "DISPLAY": "LINE"},
			map[string]any{"TYPE": "NEWLINE"},
			map[string]any{"TEXT": "Вставить", "ACTION": "PUT", "ACTION_VALUE": "/whois ", "BG_COLOR_TOKEN": "alert"},
			map[string]any{"TEXT": "Группа", "ACTION": "DIALOG", "ACTION_VALUE": "chat142"},
			map[string]any{"TEXT": "Нельзя", "LINK": "https://a.example/", "DISABLED": "Y"},
		},
	})
	p.says("карточка")
	for what, selector := range map[string]string{
		"the person":            `.attach.alert .a-user img[src$="/5.svg"]`,
		"the table":             `.attach dl.grid.table dd b`,
		"the link":              `.attach .a-link a[href="https://a.example/"]`,
		"the hidden picture":    `.attach .chip.blocked`,
		"the line":              `.attach hr`,
		"two rows of buttons":   `.keyboard .buttons:nth-child(2) .key.alert.wide`,
		"the disabled button":   `.key:disabled`,
		"buttons on one line":   `.keyboard .buttons:first-child .key:nth-child(2):not(.wide)`,
		"the colour of a token": `.key.primary`,
	} {
		if p.eval(`document.querySelector(`+quoted(`#log `+selector)+`) !== null`) != "true" {
			t.Errorf("%s is missing", what)
		}
	}
	p.click(".key.primary")
	if form := p.told("ONIMBOTV2COMMANDADD"); form.Get("data[command][context]") != "keyboard" {
		t.Errorf("pressing told the bot %v", form)
	}
	p.until(`document.querySelector(".key.primary").disabled`)
	p.click(".key.primary + .key")
	p.says("/whois 6")
	p.click(".key.alert")
	p.until(`document.getElementById("input").value === "/whois "`)
	p.click(".key.alert + .key")
	p.until(`document.querySelector("#title h1").textContent === "Учебный чат"`)
}
