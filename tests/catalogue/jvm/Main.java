import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;

/** Exposes what the official Java client knows of the machine that it runs in. */
public class Main {
  public static void main(String[] arguments) throws Exception {
    JvmMetrics.builder().register();
    int port = Integer.parseInt(arguments[0]);
    HTTPServer.builder().hostname("127.0.0.1").port(port).buildAndStart();
    System.gc(); // some metrics appear with the first collection
    Thread.sleep(Long.MAX_VALUE);
  }
}
