package import Hummingbird
package import Logging

/// What goes along with one request: who is at the other end of the socket, and by which id it is found in the log.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The IP address of the peer; a proxy's, where one stands in between.
    ///
    /// Empty where there is no socket.
    package let peer: String
    /// Made here for each request; never taken from the request.
    package let requestID: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
        requestID = unguessableText()
    }

    /// For a request that came through no socket, as tests send them.
    package init(peer: String, logger: Logger) {
        coreContext = CoreRequestContextStorage(source: NoSocket(logger: logger))
        self.peer = peer
        requestID = unguessableText()
    }

    private struct NoSocket: RequestContextSource {
        let logger: Logger
    }
}
