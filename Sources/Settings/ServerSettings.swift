/// `server`: where the runtime listens, and whom it believes.
package struct ServerSettings: Hashable, Sendable {
    /// `host`: the address to listen at; `0.0.0.0` for all of the machine's.
    package var host: String
    /// `port`: from 1 to 65535.
    package var port: Int
    /// `trusted_proxies`: whose `X-Forwarded-For` is believed; nobody's where it is not said.
    package var trustedProxies: [AddressRange]

    package init(host: String = "127.0.0.1", port: Int = 8080, trustedProxies: [AddressRange] = []) {
        self.host = host
        self.port = port
        self.trustedProxies = trustedProxies
    }
}
