package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/// Checks the frames of a WebSocket before Vert.x assembles them to messages.
///
/// Vert.x replaces invalid UTF-8, which RFC 6455 forbids, so text is validated here and the
/// connection is closed with 1007. Vert.x reports only whole messages, so continuation frames,
/// which may be empty and of any number, are counted here. On the event loop of the connection.
final class FrameGuard extends Utf8FrameValidator {
  /// The name of the handler that Vert.x adds last.
  private static final String LAST_HANDLER = "handler";

  private @Nullable Connection connection;
  private boolean violated;

  private FrameGuard() {
    super(false);
  }

  /// Adds a guard to the pipeline of a connection that is about to be upgraded.
  static void install(HttpConnection transport) {
    ChannelPipeline pipeline = ((HttpServerConnection) transport).channel().pipeline();
    if (pipeline.get(FrameGuard.class) == null) {
      pipeline.addBefore(LAST_HANDLER, "frame-guard", new FrameGuard());
    }
  }

  /// Names the connection that a violation closes.
  static void guard(HttpConnection transport, Connection connection) {
    ((HttpServerConnection) transport).channel().pipeline().get(FrameGuard.class).connection =
        connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) throws Exception {
    if (violated) {
      ReferenceCountUtil.release(frame);
      return;
    }
    boolean uncounted =
        frame instanceof ContinuationWebSocketFrame || frame instanceof PongWebSocketFrame;
    Connection current = connection;
    if (uncounted && current != null && !current.controlFrameReceived()) {
      ReferenceCountUtil.release(frame);
      close(context, CloseCause.TOO_MANY);
      return;
    }
    try {
      super.channelRead(context, frame);
    } catch (CorruptedWebSocketFrameException _) {
      close(context, CloseCause.NOT_UTF8);
    }
  }

  private void close(ChannelHandlerContext context, CloseCause cause) {
    violated = true;
    Connection current = connection;
    if (current == null) {
      context.close();
    } else {
      current.close(cause);
    }
  }
}
