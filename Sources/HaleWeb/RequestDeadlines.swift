import NIOCore
import NIOHTTPTypes

/// Closes a connection whose first request does not come in time, or any request that does not end in time, however
/// many bytes of it come now and then. Between two requests the server's own limit of idle time holds.
final class RequestDeadlines: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let header: TimeAmount
    private let request: TimeAmount
    private var deadline: Scheduled<Void>?

    /// Limits from the connection to the end of the first request's headers, and from there to the request's end.
    init(header: TimeAmount, request: TimeAmount) {
        self.header = header
        self.request = request
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { close(after: header, context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        close(after: header, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: close(after: request, context)
        case .body: break
        case .end: deadline?.cancel()
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    private func close(after limit: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
    }
}
