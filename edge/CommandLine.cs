namespace ColdChain.Edge;

/// <summary>What the agent was asked to do.</summary>
/// <param name="ConfigFile">The configuration file.</param>
/// <param name="ForgetStore">Whether to forget the pinned record store before starting.</param>
/// <param name="Help">Whether only the help text is wanted.</param>
internal sealed record CommandLine(string ConfigFile, bool ForgetStore, bool Help)
{
    public const string HelpText = """
        ColdChain edge agent: samples probes, keeps every reading, and sends it to the server over MQTT.

        usage: edge [--config FILE] [--forget-store]
               edge --help

          --config FILE    the configuration; default: edge.yaml in the current folder
          --forget-store   the server's record store was replaced on purpose: forget the
                           old one, and send everything that is still in the outbox again
          --help           show this text

        Each key of the file can also come from the environment, which wins: COLDCHAIN_EDGE_BROKER__HOST
        is 'host' in 'broker', COLDCHAIN_EDGE_PROBES__0__DEVICE the 'device' of the first probe.

        Ctrl-C or SIGTERM ends the agent. Exit code: 0 ended as asked, 1 failed, 2 wrong use.
        """;

    /// <summary>Reads the arguments; false with an error that names the argument and the cure.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, out CommandLine command, out string error)
    {
        command = new CommandLine("edge.yaml", ForgetStore: false, Help: false);
        error = "";
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--config" when i + 1 < arguments.Count:
                    command = command with { ConfigFile = arguments[++i] };
                    break;
                case "--config":
                    error = "--config needs a file behind it, for example --config /etc/coldchain/edge.yaml";
                    return false;
                case "--forget-store":
                    command = command with { ForgetStore = true };
                    break;
                case "--help" or "-h":
                    command = command with { Help = true };
                    break;
                case var other:
                    error = $"'{other}' is not an option; --help shows them all";
                    return false;
            }
        }

        return true;
    }
}
