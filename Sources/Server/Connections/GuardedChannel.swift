import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's HTTP/1 connection, with an end to everything a peer can make it wait for.
struct GuardedChannel: ServerChildChannel {
    private let http: HTTP1Channel
    private let times: ConnectionTimes

    init(times: ConnectionTimes, responder: @escaping HTTPChannelHandler.Responder) {
        self.times = times
        http = HTTP1Channel(responder: responder, configuration: Self.configuration(idle: times.idle))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        let times = times
        return http.setup(channel: channel, logger: logger).flatMapThrowing { connection in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            // In this order: a deadline that has passed is not softened by what makes other ends gentle.
            try pipeline.addHandler(RequestDeadlines(times), position: .after(decoder))
            let deadlines = try pipeline.handler(type: RequestDeadlines.self)
            let unwanted = UnwantedInput()
            try pipeline.addHandler(ConnectionEnd(times, unwanted), position: .after(deadlines))
            try pipeline.addHandler(unwanted, position: .first)
            try pipeline.addHandler(StalledWrites(times), position: .first)
            return connection
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}

extension GuardedChannel {
    /// What a connection may take: of header bytes, of fields, and of silence.
    private static func configuration(idle: Duration) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            idleTimeout: TimeAmount(idle),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10,
                maxHeaderListSize: 32 << 10,
                maxHeaderFieldCount: 100
            )
        )
    }
}
