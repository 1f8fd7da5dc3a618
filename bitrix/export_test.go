package bitrix

import "encoding/json"

// BatchSection reads a section of a batch's answer. The keys of Batch never make a portal write a list;
// a fixture has one.
func BatchSection(data []byte) (map[string]json.RawMessage, error) {
	var s section[json.RawMessage]
	err := json.Unmarshal(data, &s)
	return s, err
}

// Busy is what a client is at: callers that wait, calls in its queue, requests that are out, and people and dialogs
// it remembers for them.
func (c *Client) Busy() int {
	q := c.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.callers + len(q.waiting) + q.out + q.sharing + q.allowance.out + len(q.lookups) + len(q.busy)
}

// FormValues are the fields of a form.
func FormValues(f Form) map[string]string { return f.values }
