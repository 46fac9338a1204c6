using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests;

/// <summary>The server's own endpoint over TLS: who is let in, and that a quality manager hears of everybody else.</summary>
public sealed class EndpointTests : IDisposable
{
    private const string Us = "pi-001";

    private static readonly Pack Pack =
        Some.PackOf(Some.Reading(1, at: Scene.At("06:01")), Some.Reading(2, at: Scene.At("06:02")), Some.Reading(3, at: Scene.At("06:03")));

    private readonly Certificates _site = new();
    private readonly Certificates _strangers = new("somebody else's root");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Device_WithCertificateOrSecret_Delivers(bool byCertificate)
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await ServeAsync(scene);
        await using var device = await ConnectAsync(
            server, byCertificate ? _site.Issue(Us) : null, byCertificate ? null : Us, byCertificate ? null : server.App.Devices.Renew(Some.Device));

        await device.PublishAsync(new MqttMessage(Topics.Up(Some.Device, UpKind.Live), PackCodec.Encode(Pack)), CancellationToken.None);

        await StoredAsync(server);
    }

    public static TheoryData<string, string?, string?, string?, string, string> Strangers => new()
    {
        // whose certificate, for whom, user name, secret → the subject of the event, the reason in it
        { "strangers", Us, null, null, "127.0.0.1", "comes from the authority 'CN=somebody else's root', which is unknown here" },
        { "expired", Us, null, null, "127.0.0.1", "expired at" },
        { "site", Us, "pi-002", null, "pi-002", "its certificate is device pi-001's, and its user name is 'pi-002'" },
        { "site", "pi-999", null, null, "device", "device pi-999 is not in the fleet file" },
        { "none", null, Us, "wrong", Us, "the secret of device pi-001 is wrong or missing" },
        { "none", null, "pi-999", "wrong", "pi-999", "device pi-999 is not in the fleet file" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Stranger_IsRefused_CountedAndTold(string authority, string? name, string? user, string? secret, string subject, string reason)
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await ServeAsync(scene);
        var certificate = authority switch
        {
            "strangers" => _strangers.Issue(name!),
            "expired" => _site.IssueExpired(name!),
            "site" => _site.Issue(name!),
            _ => null,
        };

        for (var i = 0; i < 2; i++)
        {
            var connect = async () => await ConnectAsync(server, certificate, user, secret);
            await connect.Should().ThrowAsync<MqttLinkException>();
        }

        var told = await ToldAsync(server, EventKinds.ConnectionRefused);
        told.Subject.Should().Be(subject);
        JsonNode.Parse(told.Payload)!["reason"]!.GetValue<string>().Should().Contain(reason);
        await CountedAsync(server, subject, CountedAs.ConnectionRefused, 2);
        server.App.Store.Read(session => EventLog.Read(session, 0, 1000)).Where(row => row.Kind == EventKinds.ConnectionRefused).Should().ContainSingle("the second is counted only");
    }

    [Fact]
    public async Task CertificateRequired_ASecretAlone_IsRefused()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await ServeAsync(scene, isRequired: true);

        var connect = async () => await ConnectAsync(server, null, Us, server.App.Devices.Renew(Some.Device));

        await connect.Should().ThrowAsync<MqttLinkException>();
        (await ToldAsync(server, EventKinds.ConnectionRefused)).Payload.Should().Contain("it shows no certificate, and one is required here");
    }

    [Fact]
    public async Task Device_OnTheTopicOfAnother_IsRefused_CountedAndTold_AndItsNextGoodMessageWorks()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await ServeAsync(scene);
        await using (var liar = await ConnectAsync(server, _site.Issue("pi-002"), null, null))
        {
            var publish = () => liar.PublishAsync(new MqttMessage(Topics.Up(Some.Device, UpKind.Live), PackCodec.Encode(Pack)), CancellationToken.None);
            await publish.Should().ThrowAsync<MqttLinkException>();
        }

        var told = await ToldAsync(server, EventKinds.TopicRefused);
        told.Subject.Should().Be("pi-002");
        told.Payload.Should().Contain("may not publish on").And.Contain("pi-001");
        await CountedAsync(server, "pi-002", CountedAs.TopicRefused, 1);
        IngestBench.ReadingsIn(server.App.Store, Some.Probe).Should().BeEmpty();

        await using var again = await ConnectAsync(server, _site.Issue(Us), null, null);
        await again.PublishAsync(new MqttMessage(Topics.Up(Some.Device, UpKind.Live), PackCodec.Encode(Pack)), CancellationToken.None);
        await StoredAsync(server);
    }

    public void Dispose()
    {
        _site.Dispose();
        _strangers.Dispose();
    }

    private Task<ServedScene> ServeAsync(Scene scene, bool isRequired = false) => scene.ServeAsync(change: options => options with
    {
        Mqtt = new IPEndPoint(IPAddress.Any, 0), // Allowed, because of TLS.
        MqttTls = new MqttListenerTls { Certificate = _site.Issue("server.example"), ClientRoots = [_site.Root], RequireClientCertificate = isRequired },
    });

    private Task<MqttClient> ConnectAsync(ServedScene server, X509Certificate2? certificate, string? user, string? secret) => MqttClient.ConnectAsync(
        new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = server.App.MqttAddress.Port,
            ClientId = "device",
            UserName = user,
            Password = secret is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(secret),
            Tls = new MqttClientTls { Roots = [_site.Root], ClientCertificate = certificate },
        },
        (_, _) => Task.CompletedTask,
        TimeProvider.System,
        CancellationToken.None);

    private static Task StoredAsync(ServedScene server) =>
        Eventually.HoldsAsync(() => Task.FromResult(IngestBench.ReadingsIn(server.App.Store, Some.Probe).Count == Pack.Readings.Count));

    private static async Task<EventRow> ToldAsync(ServedScene server, string kind)
    {
        EventRow? told = null;
        await Eventually.HoldsAsync(() => Task.FromResult(
            (told = server.App.Store.Read(session => EventLog.Read(session, 0, 1000)).Find(row => row.Kind == kind)) is not null));
        return told!; // Or there was no end of waiting.
    }

    private static Task CountedAsync(ServedScene server, string device, string what, long count) => Eventually.HoldsAsync(() => Task.FromResult(
        server.App.Store.Read(DeviceCounts.All).Exists(row => row.Device.Value == device && row.What == what && row.Count == count)));
}
