using System.Net.Sockets;
using System.Text;
using ColdChain.Edge.Systemd;
using ColdChain.Edge.Tests.Support;
using ColdChain.Edge.Uplink;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests.Systemd;

public sealed class WatchdogTests : IDisposable
{
    private const string Limit = "60000000"; // One minute.

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Some.Noon);
    private readonly SamplingProgress _progress = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alive_IsSaidOnlyWhileSamplesAreStored(bool isAbstract)
    {
        var address = isAbstract ? "@" + Path.GetFileName(_folder.File("")[..^1]) : _folder.File("notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + address[1..] : address));
        using var stop = new CancellationTokenSource();
        var running = Watchdog(address, Limit)!.RunAsync(stop.Token);
        (await HeardAsync()).Should().Be("READY=1");

        for (var i = 0; i < 3; i++)
        {
            _progress.Mark();
            await LookAsync();
            (await HeardAsync()).Should().Be("WATCHDOG=1");
        }

        await LookAsync();
        await LookAsync();
        await _time.UntilSomeoneWaitsAsync();
        _systemd.Available.Should().Be(0, "nothing was stored since");

        await stop.CancelAsync();
        var ended = async () => await running;
        await ended.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task NoLimit_SaysReadyAndEnds()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));

        await Watchdog(_folder.File("notify"), micros: null)!.RunAsync(CancellationToken.None);

        (await HeardAsync()).Should().Be("READY=1");
    }

    [Fact]
    public async Task SocketThatIsGone_DoesNotEndTheAgent()
    {
        var run = () => Watchdog(_folder.File("nowhere"), Limit)!.RunAsync(CancellationToken.None);

        await run.Should().NotThrowAsync();
    }

    [Fact]
    public void StartedByHand_ThereIsNoWatchdog() => Watchdog(address: null, Limit).Should().BeNull();

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    private Watchdog? Watchdog(string? address, string? micros) => Edge.Systemd.Watchdog.FromEnvironment(
        name => name == "NOTIFY_SOCKET" ? address : micros, _progress, _time, NullLogger.Instance);

    private async Task LookAsync()
    {
        await _time.UntilSomeoneWaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(15));
    }

    private async Task<string> HeardAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await _systemd.ReceiveAsync(buffer, limit.Token));
    }
}
