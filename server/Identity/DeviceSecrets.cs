using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Identity;

/// <summary>
/// The secrets by which devices sign in at the endpoint. The file holds one line for each device: its name and the SHA-256 of its secret,
/// which is random and long, so that a plain hash is enough. It is read again at every sign-in: a change counts at once.
/// </summary>
internal sealed class DeviceSecrets(string dataFolder)
{
    private readonly string _path = Path.Combine(dataFolder, "device-secrets");

    /// <summary>Gives a device a new secret, which replaces its old one and is shown only now.</summary>
    public string Renew(DeviceId device)
    {
        var secret = SecretFile.NewSecret();
        Set(device, secret);
        return secret;
    }

    /// <summary>Gives a device a chosen secret.</summary>
    public void Set(DeviceId device, string secret)
    {
        var others = Lines().Where(line => NameOf(line) != device.Value);
        SecretFile.Write(_path, string.Concat(others.Append($"{device} {Hash(secret)}").Select(line => line + "\n")));
    }

    /// <summary>True when the device has a secret and this is it.</summary>
    public bool Matches(DeviceId device, ReadOnlySpan<byte> secret)
    {
        var line = Lines().FirstOrDefault(line => NameOf(line) == device.Value);
        var given = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(secret)));
        return line is not null && CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim()));
    }

    private string[] Lines() => (SecretFile.Read(_path) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string NameOf(string line) => line.Split(' ')[0];

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
