import NIOCore

/// Throws away what still comes in when nothing more of it will be read.
///
/// It stands next to the socket, before the decoder: that keeps what follows an offer of another protocol (`Upgrade`,
/// `CONNECT`) for whoever speaks that, and however much it is.
final class UnwantedInput: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Once set it stays so.
    var isThrownAway = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isThrownAway { context.fireChannelRead(data) }
    }
}
