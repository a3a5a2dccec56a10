import NIOCore
import NIOHTTP1

/// Ends a connection where HTTP says that it ends, and so that the last answer arrives (RFC 9112 §9.6).
///
/// Our side is closed after the last byte of the answer, what still comes in is thrown away for a moment, and then the
/// connection is cut. Cutting at once would make the system drop an answer that the peer has not read yet.
final class ConnectionEnd: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let times: ConnectionTimes
    private let unwanted: UnwantedInput
    /// Requests that were read and not answered yet; more than one where a peer pipelines.
    private var unanswered = 0
    private var isBodyUnderWay = false
    /// Whether it ends after the request read last; what follows that one is not read.
    private var wasLastRequest = false
    private var isShuttingDown = false
    private var isLastAnswer = false
    private var isEnding = false
    private var isOutputClosed = false
    private var isInputClosed = false

    init(_ times: ConnectionTimes, _ unwanted: UnwantedInput) {
        self.times = times
        self.unwanted = unwanted
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        switch unwrapInboundIn(data) {
        case .head(var head):
            guard !wasLastRequest else { return }
            isBodyUnderWay = true
            unanswered += 1
            wasLastRequest = head.isLast
            head.adapt()
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body:
            if isBodyUnderWay { context.fireChannelRead(data) }
        case .end:
            guard isBodyUnderWay else { return }
            isBodyUnderWay = false
            if wasLastRequest { unwanted.isThrownAway = true }
            context.fireChannelRead(data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Whoever paced the reading has stopped.
        if isEnding { context.read() }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isShuttingDown = true
            cut(after: times.shutdown, context)
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if isOutputClosed { context.close(promise: nil) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isEnding else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            isLastAnswer = isLast(head)
            if isLastAnswer { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            guard isLastAnswer else {
                context.write(data, promise: promise)
                return
            }
            context.writeAndFlush(data, promise: promise)
            end(context)
        }
    }

    /// The framework closes at once, when it is told to shut down or nothing was asked for a while, even where the
    /// last answer is still on its way to a slow reader.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, isEnding || context.channel.unsentBytes > 0 else {
            context.close(mode: mode, promise: promise)
            return
        }
        context.channel.closeFuture.cascade(to: promise)
        end(context)
    }
}

extension ConnectionEnd {
    /// A body that is not there when its request is answered was not wanted, such as of a form that is too large: it
    /// is not waited for.
    private func isLast(_ head: HTTPResponseHead) -> Bool {
        isShuttingDown || head.headers.sayClose || unanswered <= 1 && (wasLastRequest || isBodyUnderWay)
    }

    private func end(_ context: ChannelHandlerContext) {
        guard !isEnding else { return }
        isEnding = true
        unwanted.isThrownAway = true
        let closed = context.eventLoop.makePromise(of: Void.self)
        closed.futureResult.assumeIsolated().whenComplete { _ in
            self.isOutputClosed = true
            self.cut(after: self.isInputClosed ? .zero : self.times.linger, context)
        }
        // Waits for what is written already; a reader that stalls is cut elsewhere.
        context.close(mode: .output, promise: closed)
        context.read()
    }

    private func cut(after time: Duration, _ context: ChannelHandlerContext) {
        // A channel that is closed by then is not closed twice.
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
            context.close(promise: nil)
        }
    }
}

extension HTTPRequestHead {
    /// Peers of HTTP/1.0 take the end of the connection for the end of the answer, unless both sides agree otherwise,
    /// which nobody needs today.
    ///
    /// Behind an offer of another protocol the decoder reads no more requests, though the offer is declined.
    fileprivate var isLast: Bool {
        isOld || headers.sayClose || offersOtherProtocol
            || !TransferCoding.isKnown(headers["Transfer-Encoding"])
    }

    private var offersOtherProtocol: Bool { method == .CONNECT || headers.contains(name: "Upgrade") }

    private var isOld: Bool { version.major < 1 || version.major == 1 && version.minor == 0 }

    /// Makes it a request as the framework understands it.
    fileprivate mutating func adapt() {
        // Hummingbird compares the whole field, and would miss `Upgrade, close`.
        if isLast { headers.replaceOrAdd(name: "Connection", value: "close") }
        // Only HTTP/1.1 demands the field (RFC 9112 §3.2).
        if isOld, !headers.contains(name: "Host") { headers.add(name: "Host", value: "") }
    }
}

extension HTTPHeaders {
    fileprivate var sayClose: Bool {
        self[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
    }
}
