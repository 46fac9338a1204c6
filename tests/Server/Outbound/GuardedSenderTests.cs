using System.Text;
using ColdChain.Server.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Outbound;

/// <summary>Against a real listener on this machine, which is exactly what must not be reached unless somebody answers for it.</summary>
public sealed class GuardedSenderTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoHeaders = [];
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _listener;
    private readonly List<string> _received = [];
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    public GuardedSenderTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _listener = builder.Build();
        _listener.Urls.Add("http://127.0.0.1:0");
        _listener.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _received.Add($"{context.Request.Path} {context.Request.ContentType} {context.Request.Headers["x-told"]} {await reader.ReadToEndAsync()}");
            await _answer(context);
        });
    }

    private int Port => new Uri(_listener.Urls.First()).Port;

    public Task InitializeAsync() => _listener.StartAsync();

    public async Task DisposeAsync() => await _listener.DisposeAsync();

    [Fact]
    public async Task Message_ToAHostThatSomebodyAnswersFor_IsTaken()
    {
        _answer = context => context.Response.WriteAsync("thanks");

        (await PostAsync("127.0.0.1", OnPremises("127.0.0.1"), new() { ["x-told"] = "1" })).Should().Be(new SendResult(true, 200, "thanks"));

        _received.Should().Equal("/hook application/json 1 {}");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task Message_ToThisMachine_ThatNobodyAnswersFor_IsNotSent(string host)
    {
        var result = await PostAsync(host, OutboundOptions.PublicOnly, [], "https");

        result.IsTaken.Should().BeFalse();
        result.Reason.Should().Contain("has no public address. Name it in outbound.onPremises if it is one of your own.");
        _received.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://example.org/", "*in clear text*onPremises.")]
    [InlineData("ftp://example.org/", "*not an address of the web*")]
    [InlineData("https://user:secret@example.org/", "*without user and fragment.")]
    [InlineData("file:///etc/passwd", "*not an address of the web*")]
    public void Address_ThatIsNoneToSendTo_IsRefused(string address, string reason) => OutboundOptions.PublicOnly.Refusal(new Uri(address)).Should().Match(reason);

    [Fact]
    public async Task Answer_ThatSendsElsewhere_IsNotFollowed()
    {
        _answer = context =>
        {
            context.Response.Redirect($"http://127.0.0.1:{Port}/inside", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        (await PostAsync("127.0.0.1", OnPremises("127.0.0.1"), [])).Should().Match<SendResult>(result => !result.IsTaken && result.Status == 307);

        _received.Should().ContainSingle();
    }

    [Fact]
    public async Task Answer_ThatNeverEnds_IsWaitedForInVain()
    {
        _answer = async context =>
        {
            await context.Response.WriteAsync("a");
            await context.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        };

        (await PostAsync("127.0.0.1", OnPremises("127.0.0.1"), [])).Reason.Should().EndWith("did not answer within 0.3 seconds.");
    }

    [Fact]
    public async Task Answer_ThatIsLong_IsReadInPart()
    {
        _answer = async context =>
        {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync(new string('x', 2 * GuardedSender.AnswerBytesMax));
        };

        (await PostAsync("127.0.0.1", OnPremises("127.0.0.1"), [])).Should().Match<SendResult>(result => result.Status == 500 && result.Reason.Length < 300);
    }

    [Fact]
    public async Task Answer_WithControlCharacters_IsOneLine()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("gone\r\n[forged] line\u001b[2J");
        };

        (await PostAsync("127.0.0.1", OnPremises("127.0.0.1"), [])).Reason.Should().NotContainAny("\r", "\n", "\u001b");
    }

    [Fact]
    public async Task Host_WhereNobodyListens_IsAReason_AndTheNextMessageGoesThrough()
    {
        using var sender = new GuardedSender(OnPremises("127.0.0.1"));
        var closed = ColdChain.Tests.Shared.FreePort.Take();

        (await sender.PostAsync(new Uri($"http://127.0.0.1:{closed}/"), "text/plain", default, NoHeaders, default)).Reason.Should().StartWith($"127.0.0.1:{closed} was not reached: ");
        (await sender.PostAsync(new Uri($"http://127.0.0.1:{Port}/"), "text/plain", default, NoHeaders, default)).IsTaken.Should().BeTrue();
    }

    private async Task<SendResult> PostAsync(string host, OutboundOptions options, Dictionary<string, string> headers, string scheme = "http")
    {
        using var sender = new GuardedSender(options, Short);
        return await sender.PostAsync(new Uri($"{scheme}://{host}:{Port}/hook"), "application/json", Encoding.UTF8.GetBytes("{}"), headers, default);
    }

    private static OutboundOptions OnPremises(string host) => new([host]);
}
