using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>How a foreign client connects; certificates and keys as files.</summary>
internal sealed record ForeignOptions(int Port)
{
    public string Host { get; init; } = "localhost";

    public string ClientId { get; init; } = "foreign";

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>4 is MQTT 3.1.1; the other one that a CONNECT may name is 5.</summary>
    public int Version { get; init; } = 4;

    public int KeepAliveSeconds { get; init; } = 60;

    public string? Ca { get; init; }

    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>Where "gone" is to be published when the client goes without a word.</summary>
    public string? WillTopic { get; init; }
}

/// <summary>
/// Another project's client in a process of its own. A small script of ours drives it. It obeys <c>publish QOS TOPIC TEXT</c>,
/// <c>subscribe QOS FILTER</c>, <c>unsubscribe FILTER</c> and <c>end</c>, and says <c>connected</c>, <c>published</c>, <c>subscribed GRANTED</c>,
/// <c>unsubscribed</c>, <c>message TOPIC TEXT</c>, <c>pong</c>, <c>closed</c> and <c>error …</c>.
/// </summary>
internal sealed class ForeignClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();

    private ForeignClient(Process process)
    {
        this.process = process;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a script of this folder and returns at once.</summary>
    public static ForeignClient Start(string program, string script, ForeignOptions options)
    {
        var file = Path.Combine(Repository.Root, "tests", "Mqtt", "Interop", script);
        var start = new ProcessStartInfo(program, [file, JsonSerializer.Serialize(options, Json)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        return new ForeignClient(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    public Task DoAsync(string command) => process.StandardInput.WriteLineAsync(command);

    /// <summary>Waits until the client has said so many lines that begin with the words; returns the last of them.</summary>
    public async Task<string> HearAsync(string words, int times = 1)
    {
        try
        {
            await Patience.UntilAsync(() => Lines(words).Count() >= times || process.HasExited);
            process.WaitForExit(TimeSpan.Zero); // Only then are the last lines of one that ended here.
            return Lines(words).ElementAt(times - 1);
        }
        catch (Exception e) when (e is TimeoutException or ArgumentOutOfRangeException)
        {
            throw new TimeoutException($"The client did not say '{words}' {times} times, but:\n{string.Join('\n', said)}", e);
        }
    }

    /// <summary>Sends it a signal, such as STOP.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Patience.Token());
        kill.ExitCode.Should().Be(0);
    }

    /// <summary>Waits for the client to end by itself.</summary>
    public Task EndAsync() => process.WaitForExitAsync(Patience.Token());

    /// <summary>Ends it without asking.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Patience.Token());
        process.Dispose();
    }

    private IEnumerable<string> Lines(string words) => said.Where(line => line.StartsWith(words, StringComparison.Ordinal));

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            said.Enqueue(text);
        }
    }
}
