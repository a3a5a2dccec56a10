import NIOCore

/// Cuts a connection whose peer takes nothing of what waits for it.
///
/// It stands next to the socket, where bytes are counted as they go. The framework's own idle time does not run while
/// an answer is under way.
final class StalledWrites: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    /// How often it is looked within the time; the cut is late by no more than one look.
    private static let looks = 4

    private let interval: TimeAmount
    private var written = 0
    private var taken = 0
    private var looksInVain = 0
    private var next: Scheduled<Void>?

    init(_ times: ConnectionTimes) {
        interval = TimeAmount(times.stall / Self.looks)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written += unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        // Most answers are with the system now, and nothing needs to be watched.
        guard next == nil, waiting(context) > 0 else { return }
        taken = written - waiting(context)
        looksInVain = 0
        look(in: interval, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        next?.cancel()
    }
}

extension StalledWrites {
    private func look(in time: TimeAmount, _ context: ChannelHandlerContext) {
        next = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        next = nil
        let waiting = waiting(context)
        guard waiting > 0 else { return }
        looksInVain = written - waiting == taken ? looksInVain + 1 : 0
        taken = written - waiting
        if looksInVain == Self.looks {
            context.close(promise: nil)
        } else {
            look(in: interval, context)
        }
    }

    private func waiting(_ context: ChannelHandlerContext) -> Int { context.channel.unsentBytes }
}

extension Channel {
    /// What the system has not taken yet; to be asked on the event loop.
    var unsentBytes: Int {
        // A closed channel knows no such number, and has nothing to send.
        (try? syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
