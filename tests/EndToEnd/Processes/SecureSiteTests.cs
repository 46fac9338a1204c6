using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace ColdChain.EndToEnd.Tests.Processes;

/// <summary>Server and agent as processes, with TLS and certificates from files.</summary>
public sealed class SecureSiteTests : IDisposable
{
    private readonly SmallSite _site = new();
    private readonly Certificates _authority = new();

    [Fact]
    public async Task Agent_WithACertificate_DeliversToAServerThatAsksForOne()
    {
        _site.Write("ca.pem", _authority.Root.ExportCertificatePem());
        Write("server", _authority.Issue("server.example"));
        Write("device", _authority.Issue(SmallSite.Device));
        await using var server = _site.StartServer("""
            http: {listen: '127.0.0.1:0'}
            mqtt: {listen: '127.0.0.1:0', certificateFile: server.pem, keyFile: server.key, clientCaFile: ca.pem, requireClientCertificate: true}
            """);
        var mqtt = await server.LineAsync("MQTT:");

        await using var edge = _site.StartEdge($"{{host: 127.0.0.1, port: {mqtt.Split(':')[1]}, caFile: ca.pem, certificateFile: device.pem, keyFile: device.key}}");

        using var client = new HttpClient { BaseAddress = new Uri(await server.LineAsync("Pages and API:")) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(_site.File("data/api-token")));
        await Eventually.HoldsAsync(
            async () => JsonNode.Parse(await client.GetStringAsync("api/v1/units"))![0]!["celsius"] is not null,
            "a reading of the agent is on the API");
        (await edge.StopAsync("TERM")).Should().Be(0);
        (await server.StopAsync("TERM")).Should().Be(0);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _site.Dispose();
    }

    private void Write(string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!; // The authority makes them with one.
        _site.Write($"{name}.pem", certificate.ExportCertificatePem());
        _site.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
    }
}
