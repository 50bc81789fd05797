package limit

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// asker returns the client that a request comes from, as it is counted, and
// whether limits hold for it. They do not for a trusted proxy that asks for
// itself, nor on a socket of this machine: who may connect there, its mode says.
func (l *Limits) asker(r *http.Request) (address netip.Addr, limited bool) {
	peer, ok := parse(r.RemoteAddr)
	if ok && !l.trusts(peer) {
		return share(peer), true
	}
	for _, hop := range l.hops(r.Header) {
		address, ok := parse(hop)
		if !ok {
			break // whoever stands to the left of it may have been made up
		}
		if !l.trusts(address) {
			return share(address), true
		}
	}
	return peer, false
}

// trusts reports whether an address is a trusted proxy's.
func (l *Limits) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(l.Trusted, func(p netip.Prefix) bool { return p.Contains(address) })
}

// hops returns for whom proxies say that they ask, the nearest proxy's word
// first. A proxy adds at the right end, and hands on what a client wrote before
// that; in another field than theirs all may be a client's. Few hops are enough,
// and a client may write many.
func (l *Limits) hops(h http.Header) []string {
	const enough = 8
	fields, standard := h[l.ProxyHeader], l.ProxyHeader == forwarded
	var found []string
	for _, field := range slices.Backward(fields) {
		for len(found) < enough {
			comma := strings.LastIndexByte(field, ',')
			hop := strings.TrimSpace(field[comma+1:])
			if standard {
				hop = forwardedFor(hop)
			}
			found = append(found, hop)
			if comma < 0 {
				break
			}
			field = field[:comma]
		}
	}
	return found
}

// forwarded is the field of RFC 7239. Others are lists of addresses.
const forwarded = "Forwarded"

// forwardedFor returns the for= of an element of Forwarded, "" if there is none:
//
//	for=192.0.2.60;proto=http         192.0.2.60
//	For="[2001:db8:cafe::17]:4711"    [2001:db8:cafe::17]:4711
//	for=unknown   for=_hidden         unknown, _hidden: no addresses
func forwardedFor(element string) string {
	for pair := range strings.SplitSeq(element, ";") {
		name, value, _ := strings.Cut(pair, "=")
		if strings.EqualFold(strings.TrimSpace(name), "for") {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// parse reads an address with or without a port.
func parse(text string) (netip.Addr, bool) {
	if both, err := netip.ParseAddrPort(text); err == nil {
		return both.Addr().Unmap().WithZone(""), true
	}
	address, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return address.Unmap().WithZone(""), err == nil
}

// share is what is counted as one client: an address, or in IPv6 the network of
// which a subscriber has all addresses.
func share(address netip.Addr) netip.Addr {
	if address.Is4() {
		return address
	}
	network, _ := address.Prefix(64) // an IPv6 address has as many
	return network.Addr()
}
