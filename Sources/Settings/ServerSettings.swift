/// `server`: where the runtime listens, and whom it believes.
package struct ServerSettings: Hashable, Sendable {
    /// `host`: the address to listen at; `0.0.0.0` for all of the machine's.
    package var host: String
    /// `port`: from 1 to 65535.
    package var port: Int
    /// `trusted_proxies`: whose `X-Forwarded-For` is believed; nobody's where it is not said.
    package var trustedProxies: [AddressRange]

    /// `state`: the folder of what must outlive the server, from the site's folder on; made when there is something to keep.
    package var state: String

    package init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        trustedProxies: [AddressRange] = [],
        state: String = "state"
    ) {
        self.host = host
        self.port = port
        self.trustedProxies = trustedProxies
        self.state = state
    }
}
