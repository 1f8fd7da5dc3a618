package portal

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Options set up a Portal. The zero value of each field but BaseURL is fine.
type Options struct {
	BaseURL        string           // how others reach the portal: "http://127.0.0.1:8024"
	MemberID       bitrix.MemberID  // its name for ever; default: made from BaseURL
	Auth           *AuthServer      // gives the application its tokens; default: no application can be installed
	Scope          []string         // of the webhook and the application; default im, imbot. With user_brief there is user.get
	Now            func() time.Time // default time.Now
	Profile        Profile          // default Current
	Language       string           // default "ru"
	Rate           float64          // requests a second that drain from the bucket; default 2
	Burst          int              // requests the bucket holds; default 50
	SourceStatuses bool             // error statuses as in the portal's source, where the documentation disagrees
	Empty          bool             // nobody is there but user 1, who has no name; no departments and no group either
	Settled        bool             // chats have been there for long: a bot hears only of those that Open and Join are about
	InviteBots     bool             // new bots join the group there is from the beginning
	V1Only         bool             // an older portal: no method of imbot.v2 and im.v2 exists
	HTTP           *http.Client     // delivers events; default: one that gives up after 30 s and follows no redirects
}

// The one incoming webhook there is. Its token is no secret: everything behind it is invented.
const (
	admin        bitrix.UserID = 1
	webhookToken               = "emulated0portal0"
)

// Where numbers begin. Those from firstBot to lastBot are nobody's but bots'.
const (
	firstBot     bitrix.BotID     = 456
	lastBot      bitrix.BotID     = 999
	firstCommand bitrix.CommandID = 42
	firstMessage bitrix.MessageID = 90001
	firstEvent                    = 1001
	firstHandler                  = 403
	firstChat                     = 1405
	trainingChat                  = 142
)

// Portal is an emulated portal in memory, an http.Handler. Its methods may be called at any time from any goroutine.
type Portal struct {
	options Options
	place   atomic.Pointer[place]
	mux     *http.ServeMux
	methods map[string]handler
	feed    feed
	post    *post

	mu          sync.Mutex // guards what follows
	departments []Department
	people      map[bitrix.UserID]*Person
	chats       map[int64]*chat
	pairs       map[pair]*chat
	messages    map[bitrix.MessageID]*message
	bots        map[bitrix.BotID]*bot
	bound       map[owner][]binding // addresses of API v1
	losses      []Loss
	claims      claims
	bucket      bucket
	operating   map[string]*operating
	faults      faults
	app         application
	revoked     bool // the incoming webhook is
	calls       journal[Call]
	deliveries  journal[Delivery]

	nextBot     bitrix.BotID
	nextCommand bitrix.CommandID
	nextMessage bitrix.MessageID
	nextChat    int64
	nextEvent   int64
	nextHandler int
}

// New makes a portal with its people. Close it in the end.
func New(o Options) *Portal {
	o = o.complete()
	p := &Portal{
		options:     o,
		people:      map[bitrix.UserID]*Person{},
		chats:       map[int64]*chat{},
		pairs:       map[pair]*chat{},
		messages:    map[bitrix.MessageID]*message{},
		bots:        map[bitrix.BotID]*bot{},
		bound:       map[owner][]binding{},
		claims:      claims{byUUID: map[string]claim{}},
		bucket:      bucket{rate: cmp.Or(o.Rate, 2), burst: float64(cmp.Or(o.Burst, 50)), at: o.Now()},
		operating:   map[string]*operating{},
		calls:       journal[Call]{at: func(c Call) time.Time { return c.At }},
		deliveries:  journal[Delivery]{at: func(d Delivery) time.Time { return d.At }},
		nextBot:     firstBot,
		nextCommand: firstCommand,
		nextMessage: firstMessage,
		nextChat:    firstChat,
		nextEvent:   firstEvent,
		nextHandler: firstHandler,
	}
	p.place.Store(new(newPlace(o.BaseURL)))
	p.methods = p.handlers()
	p.mux = http.NewServeMux()
	p.mux.HandleFunc("GET "+avatarPath+"{file}", p.serveAvatar)
	p.post = newPost(o, p.noteDelivery)
	p.settle()
	return p
}

// complete sets what was left to its default.
func (o Options) complete() Options {
	o.Language = cmp.Or(o.Language, "ru")
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Scope == nil {
		o.Scope = []string{"im", "imbot"}
	}
	if o.MemberID == "" {
		sum := sha256.Sum256([]byte(strings.TrimRight(o.BaseURL, "/")))
		o.MemberID = bitrix.MemberID(hex.EncodeToString(sum[:16]))
	}
	return o
}

func (p *Portal) now() time.Time { return p.options.Now() }

// ServeHTTP answers /rest/… and /upload/avatar/….
func (p *Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case p.sendOn(w, r):
	case strings.HasPrefix(r.URL.Path, restPath): // past the mux, which would send callers of /rest//method on
		p.serveREST(w, r)
	default:
		p.mux.ServeHTTP(w, r)
	}
}

// WebhookURL is the incoming webhook of user 1, the administrator.
func (p *Portal) WebhookURL() string { return p.endpoint() + "1/" + webhookToken + "/" }

// Close drops the events that wait, ends deliveries under way and waits for them.
func (p *Portal) Close() { p.post.close() }
