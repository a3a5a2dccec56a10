import NIOCore
import NIOHTTP1

/// The peer did not send its request in time.
struct RequestTooSlow: Error {}

/// Gives each request's head and body a time to be there as a whole.
///
/// However many bytes come in between, the time goes on: a byte every ten seconds is not progress.
final class RequestDeadlines: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let times: ConnectionTimes
    private var isBodyUnderWay = false
    /// Whether the bytes read last were more than a piece of a head.
    private var hadPart = false
    private var deadline: Scheduled<Void>?
    private var isInputClosed = false

    init(_ times: ConnectionTimes) {
        self.times = times
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hadPart = true
        switch unwrapInboundIn(data) {
        case .head:
            cancel()
            isBodyUnderWay = true
        case .body: break
        case .end:
            cancel()
            isBodyUnderWay = false
        }
        context.fireChannelRead(data)
    }

    /// Comes after each read of the socket, also where the decoder made nothing of the bytes yet.
    ///
    /// Most requests are there as a whole by now, and nothing is scheduled for them.
    func channelReadComplete(context: ChannelHandlerContext) {
        if !isInputClosed, deadline == nil {
            if isBodyUnderWay {
                start(times.body, context) { self.refuse(context) }
            } else if !hadPart {
                start(times.head, context) { context.close(promise: nil) }
            }
        }
        hadPart = false
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // What is missing now never comes, and the decoder says so.
        if case ChannelEvent.inputClosed = event {
            isInputClosed = true
            cancel()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel()
    }
}

extension RequestDeadlines {
    private func start(
        _ time: Duration,
        _ context: ChannelHandlerContext,
        then end: @escaping () -> Void
    ) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time), end)
    }

    private func cancel() {
        deadline?.cancel()
        deadline = nil
    }

    /// Whoever reads the body hears of it and may still answer; then it is over.
    private func refuse(_ context: ChannelHandlerContext) {
        context.fireErrorCaught(RequestTooSlow())
        start(times.linger, context) { context.close(promise: nil) }
    }
}
