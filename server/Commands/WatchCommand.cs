using System.CommandLine;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Alerts;
using ColdChain.Server.Configuration;
using ColdChain.Server.Outbound;
using ColdChain.Server.Watch;

namespace ColdChain.Server.Commands;

/// <summary><c>watch</c>: watches a server from another machine until it is told to stop.</summary>
internal static class WatchCommand
{
    private const int Stopped = 0;
    private const int WrongUse = 2;

    private static readonly Option<string> Config = new("--config") { Description = "The configuration", DefaultValueFactory = _ => "watch.yaml" };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("watch", "Watches a server from another machine, and calls people by its own ways when it is not well.") { Config };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, clock, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellation)
    {
        var file = ConfigFile.Read(parsed.GetValue(Config)!, new Overrides()); // It has a default.
        var options = WatchConfig.Read(file);
        if ((IReadOnlyList<string>)[.. file.Errors.Texts, .. file.Errors.Texts.Count == 0 ? options.Errors() : []] is { Count: > 0 } errors)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, errors));
            return WrongUse;
        }

        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole());
        using var sender = new GuardedSender(options.Outbound);
        using var look = new ServerLook(options.Watch.Server, options.Watch.Token, clock);
        Console.WriteLine($"Watching: {options.Watch.Server}");
        try
        {
            await new Watcher(options.Watch, look, VoicesOf(options, sender), sender, clock, loggers.CreateLogger<Watcher>()).RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was told to stop.
        }

        return Stopped;
    }

    private static IReadOnlyList<IWatchVoice> VoicesOf(WatcherOptions options, GuardedSender sender)
    {
        var channels = AlertsComposition.OutsideChannels(options.Ways, sender, "watch").ToList();
        return [.. channels.SelectMany(channel => Called(options.Watch.Called, channel.Kind).Select(to => new ChannelVoice(channel, to)))];
    }

    private static IReadOnlyList<string> Called(WatchCalled called, AlertChannel channel) => channel switch
    {
        AlertChannel.Email => called.Emails,
        AlertChannel.Sms or AlertChannel.Voice => called.Telephones,
        _ => [""],
    };

    /// <summary>One address of a channel of the alerts.</summary>
    private sealed class ChannelVoice(IAlertChannel channel, string to) : IWatchVoice
    {
        public string Name => $"{channel.Kind} {to}".TrimEnd();

        public async Task<string?> SayAsync(string subject, string text, Instant at, CancellationToken cancellation)
        {
            try
            {
                var answer = await channel.SendAsync(new AlertMessage(at.Milliseconds, to, subject, text, [], at), cancellation);
                return answer.Outcome == SendOutcome.Accepted ? null : answer.Detail;
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                return error.Message; // The others are called all the same.
            }
        }
    }
}
