package portal

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// call is one method to run: a request's own, or a command of its batch.
type call struct {
	name   string // in lower case
	caller bitrix.UserID
	app    string // client id of the application that calls; empty with an incoming webhook
	params array
	now    time.Time
	dies   bool // the portal dies before the message is written
	unread bool // the answer will not arrive whole
}

// handler runs a method. It is called with the portal locked and answers with values an array may hold, or with
// a page.
type handler func(call) (any, error)

// page is an answer that is a part of a list.
type page struct {
	items       any
	total, next int // next 0: the last page
}

// pageOf is what of all stands on the page that begins there, and where the next one does.
func pageOf[T any](all []T, start any, size int64) (part []T, next int) {
	end := int64(len(all))
	from := min(max(intval(start), 0), end)
	to := min(from+size, end)
	if to < end {
		next = int(to)
	}
	return all[from:to], next
}

// reply is what goes back for a request.
type reply struct {
	status int
	body   array
	fault  FaultKind // what becomes of it on the way
}

func (p *Portal) serveREST(w http.ResponseWriter, r *http.Request) {
	start := p.now()
	q := readRequest(w, r)
	a := p.answer(r.Context(), q, start)
	p.noteCall(Call{
		At:     start,
		Method: q.method,
		Params: appendJSON(nil, maskParams(q.params)),
		Status: a.status,
		Code:   text(a.body.get("error")),
		Took:   p.now().Sub(start),
		Batch:  len(batchCommands(q)),
	})
	a.write(w)
}

func (p *Portal) answer(ctx context.Context, q request, start time.Time) reply {
	if !p.takeDrop(start) {
		return p.failed(errQueryLimit)
	}
	f := p.takeFault(false, methodsOf(q)...)
	if f.Kind == Slow {
		p.wait(ctx, f.Delay)
	}
	return f.over(p.failed, func() reply { return p.execute(q, f.Kind) })
}

func (p *Portal) takeDrop(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bucket.take(now)
}

// wait passes the time of a slow call; it ends early when the caller or the portal goes.
func (p *Portal) wait(ctx context.Context, d time.Duration) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(p.post.ctx, cancel)()
	pause(ctx, d)
}

// execute looks the method up, then the caller, and runs the method or the batch.
func (p *Portal) execute(q request, f FaultKind) reply {
	name := q.name()
	if _, known := p.methods[name]; !known && name != batchMethod {
		return p.failed(errNoMethod)
	}
	who, err := p.caller(q)
	if err != nil {
		return p.failed(err)
	}
	c := call{name: name, caller: who.user, app: who.app, params: q.params, dies: f == ResetSending, unread: f.spoilsAnswer()}
	if name == batchMethod {
		start := p.now()
		times := &operating{reset: start.Add(operatingWindow)} // a batch itself costs nothing
		return reply{status: http.StatusOK, body: envelope(p.batch(c), p.times(start, p.now(), times))}
	}
	result, times, err := p.run(c)
	if err != nil {
		return p.failed(err)
	}
	return reply{status: http.StatusOK, body: envelope(result, times)}
}

// run runs one method.
func (p *Portal) run(c call) (result any, times array, err error) {
	if err := p.checkScope(c); err != nil {
		return nil, nil, err
	}
	if err := p.takeFault(true, c.name).refusal(); err != nil {
		return nil, nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c.now = p.now()
	result, err = p.methods[c.name](c)
	if err != nil {
		return nil, nil, err
	}
	finish := p.now()
	return result, p.times(c.now, finish, p.spent(c.name, c.now, finish)), nil
}

func envelope(result any, times array) array {
	pg, paged := result.(page)
	if !paged {
		return array{{"result", result}, {"time", times}}
	}
	body := array{{"result", pg.items}}
	if pg.next > 0 {
		body = append(body, entry{"next", pg.next})
	}
	return append(body, entry{"total", pg.total}, entry{"time", times})
}

func (p *Portal) failed(err error) reply { return refused(err, p.options.SourceStatuses) }

func refused(err error, sourceStatuses bool) reply {
	refusal := errInternal
	errors.As(err, &refusal)
	return reply{
		status: refusal.httpStatus(sourceStatuses),
		body:   array{{"error", refusal.code}, {"error_description", refusal.text}},
	}
}

// phpError is what PHP prints when it dies in the middle of an answer.
const phpError = "<br />\n<b>Fatal error</b>:  Allowed memory size of 268435456 bytes exhausted"

// gatewayPage is what the web server says while the portal behind it is away.
const gatewayPage = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n" +
	"<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n"

func (a reply) write(w http.ResponseWriter) {
	body := appendJSON(nil, a.body)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	switch a.fault {
	case ResetBefore, ResetAfter, ResetSending:
		panic(http.ErrAbortHandler)
	case Gateway502:
		w.Header().Set("Content-Type", "text/html")
		body = []byte(gatewayPage)
	case InvalidJSON:
		body = []byte(phpError)
	case Truncated:
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		body = body[:len(body)/2]
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // who hung up gets nothing
	if a.fault == Truncated {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}
