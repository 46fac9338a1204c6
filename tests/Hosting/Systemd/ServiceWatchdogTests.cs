using System.Net.Sockets;
using System.Text;
using ColdChain.Hosting.Systemd;
using ColdChain.Tests.Shared;

namespace ColdChain.Hosting.Tests.Systemd;

public sealed class ServiceWatchdogTests : IDisposable
{
    private const string Limit = "60000000"; // One minute.

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private bool _hasWorked;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alive_IsSaidOnlyWhileTheWorkGoesOn_AndTheEndIsSaid(bool isAbstract)
    {
        var address = isAbstract ? "@" + Path.GetFileName(_folder.Path) : _folder.File("notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + address[1..] : address));
        using var stop = new CancellationTokenSource();
        var running = Watchdog(address, Limit)!.RunAsync(stop.Token);
        (await HeardAsync()).Should().Be("READY=1");

        _hasWorked = true;
        for (var i = 0; i < 3; i++)
        {
            await LookAsync();
            (await HeardAsync()).Should().Be("WATCHDOG=1");
        }

        _hasWorked = false;
        await LookAsync();
        await LookAsync();
        await stop.CancelAsync();

        (await HeardAsync()).Should().Be("STOPPING=1", "nothing was done in between");
        await running;
    }

    [Fact]
    public async Task NoLimit_OnlyBeginningAndEndAreSaid()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));
        using var stop = new CancellationTokenSource();
        _hasWorked = true;

        var running = Watchdog(_folder.File("notify"), micros: null)!.RunAsync(stop.Token);

        (await HeardAsync()).Should().Be("READY=1");
        await stop.CancelAsync();
        (await HeardAsync()).Should().Be("STOPPING=1");
        await running;
    }

    [Fact]
    public async Task SocketThatIsGone_IsComplainedOf_AndEndsNothing()
    {
        var complaints = new List<string>();
        var watchdog = ServiceWatchdog.FromEnvironment(_ => _folder.File("nowhere"), () => true, _time, complaints.Add);

        await watchdog!.RunAsync(CancellationToken.None);

        complaints.Should().ContainSingle().Which.Should().Contain("nowhere");
    }

    [Fact]
    public void StartedByHand_ThereIsNoWatchdog() => Watchdog(address: null, Limit).Should().BeNull();

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    private ServiceWatchdog? Watchdog(string? address, string? micros) =>
        ServiceWatchdog.FromEnvironment(name => name == "NOTIFY_SOCKET" ? address : micros, () => _hasWorked, _time, _ => { });

    private async Task LookAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_time.NextTimerIn is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        }

        _time.Advance(TimeSpan.FromSeconds(15));
    }

    private async Task<string> HeardAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await _systemd.ReceiveAsync(buffer, limit.Token));
    }
}
