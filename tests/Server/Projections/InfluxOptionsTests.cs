using ColdChain.Server.Projections;

namespace ColdChain.Server.Tests.Projections;

public sealed class InfluxOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8086", "coldchain", null, null, "")]
    [InlineData("ftp://127.0.0.1", "coldchain", null, null, "is no address of an InfluxDB")]
    [InlineData("http://me:secret@influx", "coldchain", null, null, "without user")]
    [InlineData("http://127.0.0.1:8086", "a\"; DROP", null, null, "is no name for a database")]
    [InlineData("http://127.0.0.1:8086", "coldchain", null, "org", "An organisation without a token")]
    [InlineData("https://influx", "coldchain", "no/such/file", "org", "does not exist")]
    [InlineData("http://influx", "coldchain", "no/such/file", "org", "in clear text")]
    public void Options_ThatCannotWork_AreNamed(string address, string database, string? tokenFile, string? organisation, string error)
    {
        var options = new InfluxOptions { Address = new Uri(address), Database = database, TokenFile = tokenFile, Organisation = organisation };

        var errors = string.Join('\n', options.Errors());

        (error.Length == 0 ? errors.Length == 0 : errors.Contains(error, StringComparison.Ordinal)).Should().BeTrue(errors);
    }
}
