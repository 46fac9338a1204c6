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

        _seen.Should().Equal("/api/v2/write?org=blood%20service&bucket=cold&precision=ms", "Token secret", "a x=1.0 1\nb x=2.0 2\n");
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Unauthorized)]
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
        _seen.AddRange([$"{context.Request.Path}{context.Request.QueryString}", context.Request.Headers.Authorization.ToString(), await body.ReadToEndAsync()]);
        context.Response.StatusCode = (int)_answer;
        if (_answer != HttpStatusCode.NoContent)
        {
            await context.Response.WriteAsync("said the listener");
        }
    }
}
