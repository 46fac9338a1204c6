using System.CommandLine;
using ColdChain.Core.Readings;
using ColdChain.Server.Identity;

namespace ColdChain.Server.Commands;

/// <summary><c>device-secret</c>: gives a device a new secret for the endpoint and shows it once.</summary>
internal static class DeviceSecretCommand
{
    private static readonly Argument<string> Device = new("device") { Description = "The device's name in the fleet file" };
    private static readonly Option<string> Data = DataFolder.Option();

    public static Command Create()
    {
        var command = new Command("device-secret", "Gives a device a new secret and shows it once; the old one stops working.") { Device, Data };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (!DeviceId.TryParse(parsed.GetValue(Device), out var device))
        {
            Console.Error.WriteLine($"'{parsed.GetValue(Device)}' is not a device's name. Use 1 to 64 letters, digits, '-', '_' and '.', the first a letter or digit.");
            return 1;
        }

        var folder = parsed.GetValue(Data)!; // It has a default.
        Directory.CreateDirectory(folder);
        Console.WriteLine(new DeviceSecrets(folder).Renew(device));
        return 0;
    }
}
