using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace ColdChain.Tests.Shared;

/// <summary>
/// A real mosquitto with exactly the files of <c>firmware-config/mosquitto</c>: made by its script, with the folder and the ports put in
/// place of the installed ones and nothing else changed.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class SiteBroker : IAsyncDisposable
{
    private static readonly string Source = Path.Combine(Repository.Root, "firmware-config", "mosquitto");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int StartsMax = 5;

    private readonly string folder;
    private readonly bool isOwnFolder;
    private readonly ConcurrentQueue<string> log = new();
    private Process? process;

    private SiteBroker(string? folder) =>
        (this.folder, isOwnFolder) = (folder ?? Directory.CreateTempSubdirectory("coldchain-site-").FullName, folder is null);

    /// <summary>The port where devices sign in by password (8883 when installed).</summary>
    public int DevicePort { get; private set; }

    /// <summary>The port where the server signs in (8884 when installed).</summary>
    public int ServerPort { get; private set; }

    /// <summary>The port where devices sign in by certificate (8885 when installed).</summary>
    public int CertificatePort { get; private set; }

    /// <summary>
    /// True when it writes its database to the disk as often as it can, which the configuration of a site switches off. From the next start on.
    /// </summary>
    public bool KeepsDatabase { get; set; }

    /// <summary>True for a site that changed one line of the configuration: its broker keeps retained messages. From the next start on.</summary>
    public bool KeepsRetained { get; set; }

    /// <summary>The certificate of the site's authority.</summary>
    public string CaFile => File("authority/ca.pem");

    /// <summary>The password of the user <c>coldchain-server</c>.</summary>
    public string ServerPasswordFile => File("server/broker-password");

    /// <summary>What the broker has written to its log so far, over all its starts.</summary>
    public IReadOnlyCollection<string> Log => log;

    /// <summary>Makes the authority and a broker that answers to "localhost" and 127.0.0.1, and starts it.</summary>
    public static async Task<SiteBroker> StartAsync(params string[] devices)
    {
        var site = new SiteBroker(folder: null);
        site.Provision("broker", "localhost", "127.0.0.1");
        if (devices.Length > 0)
        {
            site.Provision(["device", .. devices]);
        }

        await site.StartAsync();
        return site;
    }

    /// <summary>Starts the broker of a folder in which the script has made a <c>site</c> already. The folder stays.</summary>
    public static async Task<SiteBroker> StartInAsync(string folder)
    {
        var site = new SiteBroker(folder);
        await site.StartAsync();
        return site;
    }

    /// <summary>A file that the script made.</summary>
    public string File(string name) => Path.Combine(folder, "site", name);

    /// <summary>The password of a device.</summary>
    public string DevicePasswordFile(string device) => File($"devices/{device}/broker-password");

    /// <summary>Runs the script with further arguments. A running broker learns of new accounts when it is told to <see cref="Reload"/>.</summary>
    public string Provision(params string[] arguments)
    {
        var (exitCode, output) = Run("sh", [Path.Combine(Source, "provision.sh"), "--folder", File("").TrimEnd('/'), .. arguments]);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"provision.sh {string.Join(' ', arguments)} ended with {exitCode}: {output}");
        }

        Open(folder); // Started as root, mosquitto becomes its own user; what this folder holds is secret for the time of a test only.
        return output;
    }

    /// <summary>Starts it; or starts it again, with the same ports.</summary>
    public async Task StartAsync()
    {
        var isFirst = DevicePort == 0;
        for (var left = StartsMax; ; left--)
        {
            if (isFirst)
            {
                (DevicePort, ServerPort, CertificatePort) = (FreePort.Take(), FreePort.Take(), FreePort.Take());
            }

            try
            {
                await StartOnceAsync();
                return;
            }
            catch (InvalidOperationException e) when (left > 1 && e.Message.Contains("Address already in use", StringComparison.Ordinal))
            {
                await KillAsync(); // Somebody took a port that was free a moment ago.
            }
        }
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync()
    {
        if (process is { } ours)
        {
            process = null;
            ours.Kill();
            using var patience = new CancellationTokenSource(Patience);
            await ours.WaitForExitAsync(patience.Token);
            ours.Dispose();
        }
    }

    /// <summary>Deletes the database of a broker that was killed, as a person in need of space would; false when there was none.</summary>
    public bool DeleteDatabase()
    {
        var database = Path.Combine(DatabaseFolder, "mosquitto.db");
        var wasThere = System.IO.File.Exists(database);
        System.IO.File.Delete(database);
        return wasThere;
    }

    /// <summary>Makes it read its accounts again, as <c>systemctl reload mosquitto</c> does.</summary>
    public void Reload() => Signal("HUP");

    /// <summary>Makes it neither read nor answer, with all its connections open, as a machine does that hangs.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Ends <see cref="Freeze"/>.</summary>
    public void Thaw() => Signal("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (isOwnFolder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task StartOnceAsync()
    {
        var before = log.Count;
        var file = Path.Combine(folder, "mosquitto.conf");
        await System.IO.File.WriteAllTextAsync(file, Substituted(await System.IO.File.ReadAllTextAsync(File("mosquitto/mosquitto.conf"))));
        Open(folder);
        if (KeepsDatabase)
        {
            const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
            System.IO.File.SetUnixFileMode(Directory.CreateDirectory(DatabaseFolder).FullName, Everybody);
        }

        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", file]) { RedirectStandardError = true } };
        process.ErrorDataReceived += (_, line) => Note(line.Data, running);
        process.Start();
        process.BeginErrorReadLine();
        using var watching = new CancellationTokenSource();
        var ended = process.WaitForExitAsync(watching.Token); // And until its last line was read.
        await Task.WhenAny(running.Task, ended).WaitAsync(Patience, TimeProvider.System);
        await watching.CancelAsync();
        if (!running.Task.IsCompleted)
        {
            throw new InvalidOperationException($"mosquitto ended:\n{string.Join('\n', log.Skip(before))}");
        }
    }

    private void Signal(string name)
    {
        var id = process?.Id ?? throw new InvalidOperationException("The broker is not running.");
        Run("kill", [$"-{name}", id.ToString(CultureInfo.InvariantCulture)]);
    }

    private void Note(string? line, TaskCompletionSource running)
    {
        if (line is null)
        {
            return;
        }

        log.Enqueue(line);
        if (Regex.IsMatch(line, "mosquitto version .* running"))
        {
            running.TrySetResult();
        }
    }

    private string Substituted(string configuration)
    {
        (int Installed, int Ours)[] ports = [(8883, DevicePort), (8884, ServerPort), (8885, CertificatePort)];
        if (KeepsDatabase)
        {
            configuration = configuration.Replace(
                "persistence false", $"persistence true\npersistence_location {DatabaseFolder}/\nautosave_on_changes true\nautosave_interval 1", StringComparison.Ordinal);
        }

        var retaining = KeepsRetained ? configuration.Replace("retain_available false", "retain_available true", StringComparison.Ordinal) : configuration;
        return ports.Aggregate(
            retaining.Replace("/etc/mosquitto/", File("mosquitto/"), StringComparison.Ordinal),
            (text, port) => Regex.Replace(text, $"^listener {port.Installed}$", $"listener {port.Ours} 127.0.0.1", RegexOptions.Multiline));
    }

    private string DatabaseFolder => Path.Combine(folder, "database");

    private static void Open(string folder)
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter = Read | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        System.IO.File.SetUnixFileMode(folder, Enter);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            entry.UnixFileMode = entry is DirectoryInfo ? Enter : Read;
        }
    }

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var run = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var errors = run.StandardError.ReadToEndAsync();
        var output = run.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        run.WaitForExit();
        return (run.ExitCode, output);
    }
}
