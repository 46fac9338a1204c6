using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ColdChain.Core.Alerting;
using ColdChain.Server.Alerts;
using ColdChain.Server.Alerts.Channels;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Alerts;

/// <summary>Gateways and other programs, asked over real HTTP.</summary>
public sealed class GatewayTests : IDisposable
{
    private static readonly AlertMessage Message = new(
        7, "+212612345678", "Fridge \"1\"", "line 1\nline {to} \"2\"", [new ToldIncident(3, "unit:fridge-1", Severity.Critical, "rabat", "fridge-1", default)], new Core.Readings.Instant(1_800_000_000_000));

    private readonly HttpListener _listener = new();
    private readonly GuardedSender _sender = new(new OutboundOptions(["127.0.0.1"]));
    private readonly ConcurrentQueue<(string Body, string? Authorization, string? Signature, string? Id)> _asked = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Take()}/");
    private volatile int _status = 202;

    public GatewayTests()
    {
        _listener.Prefixes.Add(_address.ToString());
        _listener.Start();
        _ = AnswerAsync();
    }

    [Fact]
    public async Task Gateway_IsAskedWithNumberTextAndReference_AndItsSecret()
    {
        var channel = new GatewayChannel(AlertChannel.Sms, new GatewayOptions(_address, GatewayOptions.UsualBody, "Bearer s3cret"), _sender);

        (await channel.SendAsync(Message, CancellationToken.None)).Outcome.Should().Be(SendOutcome.Accepted);

        var (body, authorization, _, _) = _asked.Should().ContainSingle().Which;
        var sent = JsonNode.Parse(body)!;
        ((string)sent["to"]!, (string)sent["text"]!, (string)sent["reference"]!).Should().Be(("+212612345678", Message.Text, "7"), "what a text says is nobody's placeholder");
        authorization.Should().Be("Bearer s3cret");
        channel.ToString().Should().NotContain("s3cret");
        new GatewayOptions(_address, "", "Bearer s3cret").ToString().Should().NotContain("s3cret");
    }

    [Theory]
    [InlineData(200, SendOutcome.Accepted)]
    [InlineData(429, SendOutcome.Refused)]
    [InlineData(500, SendOutcome.Refused)]
    [InlineData(302, SendOutcome.Refused)]
    public async Task Status_OfTheGateway_SaysWhatCameOfIt(int status, SendOutcome outcome)
    {
        _status = status;

        (await new GatewayChannel(AlertChannel.Voice, new GatewayOptions(_address, GatewayOptions.UsualBody, null), _sender).SendAsync(Message, CancellationToken.None)).Outcome.Should().Be(outcome);
    }

    [Fact]
    public async Task Webhook_IsSigned_WithTheSameIdAtEachAttempt()
    {
        var key = new byte[32];
        var channel = new WebhookChannel(new WebhookOptions(_address, key), _sender);
        await channel.SendAsync(Message, CancellationToken.None);
        await channel.SendAsync(Message with { At = Message.At + TimeSpan.FromMinutes(1) }, CancellationToken.None);

        _asked.Select(asked => asked.Id).Should().Equal("alert-7", "alert-7");
        var (body, _, signature, id) = _asked.First();
        signature.Should().Be(WebhookSignature.Headers(key, id!, Message.At, System.Text.Encoding.UTF8.GetBytes(body))["webhook-signature"]);
        ((string)JsonNode.Parse(body)!["incidents"]![0]!["severity"]!).Should().Be("critical");
    }

    /// <summary>A channel that never answers, and does not even look at its token, is cut off and delays nobody.</summary>
    [Fact]
    public async Task Channel_ThatHangs_IsCutOffAfterItsLimit_AndMayHaveTakenIt()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero));
        await using var scene = await AlertScene.OpenAsync();
        await scene.AddAsync("amina", Duty.First);
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();
        var worker = new ChannelWorker(scene.Store, new Hanging(), new MessageWriter(scene.Fleet, scene.Options), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        var working = worker.WorkAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(working.IsCompleted);
        });

        (await working).Should().BeTrue();
        scene.Store.Read(session => session.Query("SELECT state FROM message_states WHERE state <> 'queued'", row => row.GetString(0))).Should().Equal("sending", "unsure");
    }

    /// <summary>The first message hangs; one that comes later does not wait for it.</summary>
    [Fact]
    public async Task Message_ThatComesWhileAnotherOneHangs_IsSent()
    {
        await using var scene = await AlertScene.OpenAsync(change: options => options with { Smtp = null }); // One message for each alarm.
        await scene.AddAsync("amina", Duty.First);
        var channel = new FirstHanging();
        var worker = new ChannelWorker(scene.Store, channel, new MessageWriter(scene.Fleet, scene.Options), scene.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();
        var running = worker.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(channel.Begun == 1));

        await scene.LookBackAsync("site-1-fridge-2");
        await scene.WorkAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(channel.Begun == 2 && scene.Events(EventKinds.AlertAccepted).Count == 1));
        await stop.CancelAsync();
        await running;
        scene.Store.Read(session => session.Query("SELECT state FROM message_states WHERE state IN ('unsure', 'accepted') ORDER BY id", row => row.GetString(0)))
            .Should().Equal(["accepted", "unsure"], "of the one that hung it is noted as well that nobody knows");
    }

    public void Dispose()
    {
        _listener.Close();
        _sender.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                _asked.Enqueue((await reader.ReadToEndAsync(), context.Request.Headers["Authorization"], context.Request.Headers["webhook-signature"], context.Request.Headers["webhook-id"]));
                context.Response.StatusCode = _status;
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return; // The test is over.
            }
        }
    }

    private sealed class Hanging : IAlertChannel
    {
        public AlertChannel Kind => AlertChannel.Sms;

        public Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation) => new TaskCompletionSource<ChannelAnswer>().Task;
    }

    private sealed class FirstHanging : IAlertChannel
    {
        private int _begun;

        public AlertChannel Kind => AlertChannel.Sms;

        public int Begun => Volatile.Read(ref _begun);

        public Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation) => Interlocked.Increment(ref _begun) == 1
            ? new TaskCompletionSource<ChannelAnswer>().Task
            : Task.FromResult(new ChannelAnswer(SendOutcome.Accepted, "taken"));
    }
}
