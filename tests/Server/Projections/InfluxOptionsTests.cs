using ColdChain.Server.Projections;
using ColdChain.Server.Tests.Store;

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

    [Theory]
    [InlineData(null, "password", false, "needs a password, and a password a user")]
    [InlineData("me", null, false, "needs a password, and a password a user")]
    [InlineData("me", "no/such/file", true, "does not exist")]
    [InlineData("me", "password", false, "in clear text")]
    [InlineData("me", "password", true, "")]
    public void User_OfVersion1_NeedsAPasswordAndAWayThatNobodyListensOn(string? user, string? passwordFile, bool isTrusted, string error)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("password"), "secret");
        var options = new InfluxOptions
        {
            Address = new Uri("http://influxdb:8086"), User = user, PasswordFile = passwordFile is null ? null : folder.File(passwordFile), TrustedNetwork = isTrusted,
        };

        var errors = string.Join('\n', options.Errors());

        (error.Length == 0 ? errors.Length == 0 : errors.Contains(error, StringComparison.Ordinal)).Should().BeTrue(errors);
    }
}
