using System.IO.Compression;
using System.Net;
using ColdChain.Server.Projections;
using ColdChain.Server.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Projections;

/// <summary>What goes over the wire, seen by a listener that answers as it is told: InfluxDB 2.x, and failures that a healthy 1.x does not show.</summary>
public sealed class InfluxClientTests : IAsyncLifetime
{
    private readonly List<string> _seen = [];
    private readonly TempFolder _folder = new();
    private readonly WebApplication _listener;
    private HttpStatusCode _answer = HttpStatusCode.NoContent;
    private string _body = "said the listener";

    public InfluxClientTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _listener = builder.Build();
        _listener.Urls.Add("http://127.0.0.1:0");
        _listener.Run(AnswerAsync);
        File.WriteAllText(_folder.File("token"), "secret\n");
    }

    public Task InitializeAsync() => _listener.StartAsync();

    public async Task DisposeAsync()
    {
        await _listener.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Lines_ForABucket_GoToItsApi_WithTheToken()
    {
        using var client = new InfluxClient(new() { Address = Address, Database = "cold", TokenFile = _folder.File("token"), Organisation = "blood service" });

        (await client.WriteAsync(new[] { "a x=1.0 1", "b x=2.0 2" }, CancellationToken.None)).Should().BeNull();

        _seen.Should().Equal("POST /api/v2/write?org=blood%20service&bucket=cold&precision=ms", "Token secret", "a x=1.0 1\nb x=2.0 2\n");
    }

    [Fact]
    public async Task Lines_ForVersion3_NeedNoOrganisation()
    {
        using var client = new InfluxClient(new() { Address = Address, Database = "cold", TokenFile = _folder.File("token") });

        (await client.WriteAsync(new[] { "a x=1.0 1" }, CancellationToken.None)).Should().BeNull();

        _seen.Should().Equal("POST /api/v2/write?bucket=cold&precision=ms", "Token secret", "a x=1.0 1\n");
    }

    [Fact]
    public async Task Lines_ForVersion1_BringUserAndPassword_IfItHasUsers()
    {
        using var client = new InfluxClient(new() { Address = Address, Database = "cold", User = "me", PasswordFile = _folder.File("token") });

        (await client.WriteAsync(new[] { "a x=1.0 1" }, CancellationToken.None)).Should().BeNull();

        _seen.Should().Equal("POST /write?db=cold&precision=ms", $"Basic {Convert.ToBase64String("me:secret"u8)}", "a x=1.0 1\n");
    }

    [Fact]
    public async Task Questions_WithAToken_AreInInfluxQl()
    {
        _answer = HttpStatusCode.OK;
        _body = """{"results":[{"statement_id":0,"series":[{"name":"temperature","columns":["time","count"],"values":[[1767571200000,7]]}]}]}""";
        using var client = new InfluxClient(new() { Address = Address, Database = "cold", TokenFile = _folder.File("token"), Organisation = "org" });
        var day = new DeviceDay(new("pi-1"), new(1_767_571_200_000));

        var counts = await new InfluxQueries(client).CountAsync(day.Device, day.Day, day.Day + TimeSpan.FromDays(1), CancellationToken.None);

        counts.Should().Equal(new Dictionary<DeviceDay, long> { [day] = 7 });
        _seen[0].Should().StartWith("GET /query?db=cold&epoch=ms&q=SELECT%20count%28celsius%29%20FROM%20temperature%20WHERE");
        _seen[1].Should().Be("Token secret");
    }

    [Theory]
    [InlineData("<html>not an InfluxDB</html>", "*is no InfluxDB*")]
    [InlineData("{}", "*refused a query*")]
    [InlineData("""{"results":[{"error":"database not found: cold"}]}""", "*database not found*")]
    [InlineData("""{"results":[{"series":[{"name":"t","columns":["time"],"values":[],"partial":true}]}]}""", "*in part only*")]
    public async Task Answer_ToAQuestion_ThatIsNone_IsAReasonToTryAgain(string body, string reason)
    {
        (_answer, _body) = (HttpStatusCode.OK, body);
        using var client = new InfluxClient(new() { Address = Address });

        await client.Invoking(it => it.SeriesAsync("SHOW DATABASES", CancellationToken.None)).Should().ThrowAsync<InfluxException>().WithMessage(reason);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Answer_ThatIsNoReceipt_IsAReasonToTryAgain(HttpStatusCode status)
    {
        _answer = status;
        using var client = new InfluxClient(new() { Address = Address });

        await client.Invoking(it => it.WriteAsync(new[] { "a x=1.0 1" }, CancellationToken.None)).Should().ThrowAsync<InfluxException>().WithMessage($"*{(int)status}*");
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(HttpStatusCode.UnprocessableContent)]
    public async Task Answer_ThatTheLinesAreWrong_IsARefusal(HttpStatusCode status)
    {
        _answer = status;
        using var client = new InfluxClient(new() { Address = Address });

        (await client.WriteAsync(new[] { "a x=1.0 1" }, CancellationToken.None)).Should().Be(new LineRefusal("said the listener", null));
    }

    private Uri Address => new(_listener.Urls.First());

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(new GZipStream(context.Request.Body, CompressionMode.Decompress));
        _seen.AddRange([$"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.Headers.Authorization.ToString(), await body.ReadToEndAsync()]);
        context.Response.StatusCode = (int)_answer;
        if (_answer != HttpStatusCode.NoContent)
        {
            await context.Response.WriteAsync(_body);
        }
    }
}
