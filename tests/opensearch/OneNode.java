import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.plugins.Plugin;

/**
 * One node of a test cluster in its own JVM, so that it can be killed like a machine. Every argument
 * is a setting, NAME=VALUE, or a plugin=CLASS that must be there. Prints READY once it has joined;
 * ends when its standard input does, in good order if it has joined.
 */
final class OneNode {
    private static volatile boolean started;

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        List<Class<? extends Plugin>> plugins = new ArrayList<>();
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            String name = argument.substring(0, at);
            String value = argument.substring(at + 1);
            if (name.equals("plugin")) {
                plugins.add(Class.forName(value).asSubclass(Plugin.class));
            } else {
                settings.put(name, value);
            }
        }
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> "node");
        Thread ending = new Thread(OneNode::awaitEnd);
        ending.setDaemon(true);
        ending.start();
        try (OpenSearchRunnerNode node = new OpenSearchRunnerNode(environment, plugins)) {
            node.start();
            System.out.println("READY");
            started = true;
            ending.join();
        }
        System.exit(0); // whatever thread of a plugin may still run
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException gone) {
            // The same as its end.
        }
        if (!started) {
            Runtime.getRuntime().halt(1); // a node that still looks for others cannot be closed
        }
    }
}
