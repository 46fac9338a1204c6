using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ColdChain.Core.Alerting;
using ColdChain.Server.Alerts;
using ColdChain.Server.Alerts.Channels;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Alerts;

/// <summary>A real mail server, from Debian's packages, with a mailbox on disk.</summary>
public sealed class SmtpTests
{
    [Fact]
    [Trait("Needs", "smtp")]
    public async Task Critical_ByTheRealMailServer_LiesInTheMailbox_WithALinkThatWorks()
    {
        await using var server = await MailServer.StartAsync();
        var options = Options(server.Port);
        await using var scene = await AlertScene.OpenAsync(1, 2, usual => usual with { Smtp = options, Sms = null, Voice = null }, new SmtpChannel(options, "store"));
        await scene.AddAsync("amina", Duty.First);
        await scene.LookBackAsync("site-1-fridge-1");

        await scene.WorkAsync();

        var mail = server.Mails().Should().ContainSingle().Which;
        mail.Should().Contain("To: amina@hospital.example").And.Contain("Subject: CRITICAL: Fridge 1, Site 1, blood units that left must be looked for")
            .And.Contain("Auto-Submitted: auto-generated").And.Contain("Message-ID: <alert-2@store.coldchain>");
        scene.Store.Read(session => MessageStore.StatesOf(session, 2)).Select(state => state.State).Should().Equal(MessageStates.Queued, MessageStates.Sending, MessageStates.Accepted);
        scene.Events(EventKinds.AlertAccepted).Should().ContainSingle();
    }

    [Fact]
    public async Task Server_ThatIsNotThere_SurelyDidNotTakeIt_AndIsTriedAgain()
    {
        var options = Options(FreePort.Take());
        await using var scene = await AlertScene.OpenAsync(1, 2, usual => usual with { Smtp = options, Sms = null, Voice = null }, new SmtpChannel(options, "store"));
        await scene.AddAsync("amina", Duty.First);
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();
        await scene.PassAsync(TimeSpan.FromSeconds(16));
        await scene.PassAsync(TimeSpan.FromSeconds(31));

        scene.Store.Read(session => MessageStore.StatesOf(session, 2)).Select(state => state.State).Should().Equal(
            MessageStates.Queued, MessageStates.Sending, MessageStates.Refused, MessageStates.Sending, MessageStates.Refused, MessageStates.Sending, MessageStates.Refused, MessageStates.GivenUp);
        await scene.PassAsync(TimeSpan.FromMinutes(5));
        scene.Store.Read(session => MessageStore.Find(session, 3)).Should().NotBeNull("the ladder goes on");
    }

    [Fact]
    public async Task Name_WithALineBreak_IsNoHeader()
    {
        var message = new AlertMessage(1, "amina@hospital.example", "one\r\nBcc: other@elsewhere.example", "text", [], default);

        var sending = async () => await new SmtpChannel(Options(FreePort.Take()), "store").SendAsync(message, CancellationToken.None);

        (await sending.Should().NotThrowAsync("a subject of two lines is refused before anything is sent")).Which.Outcome.Should().Be(SendOutcome.Refused);
    }

    private static SmtpOptions Options(int port) => new("127.0.0.1", port, "coldchain@hospital.example", Tls: false, null, null);

    private sealed class MailServer : IAsyncDisposable
    {
        private readonly TempFolder _folder;
        private readonly Process _process;

        private MailServer(TempFolder folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

        public int Port { get; }

        public static async Task<MailServer> StartAsync()
        {
            var (folder, port) = (new TempFolder(), FreePort.Take());
            var start = new ProcessStartInfo("/usr/bin/python3", ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", folder.File("mail")]);
            var server = new MailServer(folder, Process.Start(start)!, port); // It is a program that the trait says is there.
            await Eventually.HoldsAsync(server.AnswersAsync);
            return server;
        }

        public IReadOnlyList<string> Mails() => Directory.Exists(_folder.File("mail/new")) ? [.. Directory.GetFiles(_folder.File("mail/new")).Select(File.ReadAllText)] : [];

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _folder.Dispose();
        }

        private async Task<bool> AnswersAsync()
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
