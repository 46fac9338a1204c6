using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using ColdChain.Core.Alerting;

namespace ColdChain.Server.Alerts.Channels;

/// <summary>Mail, by the SMTP client of .NET: it knows STARTTLS and plain sign-in, which is what a relay in the house asks for.</summary>
internal sealed class SmtpChannel(SmtpOptions options, string storeId) : IAlertChannel
{
    public AlertChannel Kind => AlertChannel.Email;

    public async Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls };
        if (options is { User: { } user, Password: { } password })
        {
            client.Credentials = new NetworkCredential(user, password);
        }

        try
        {
            using var mail = MailOf(message);
            await client.SendMailAsync(mail, cancellation);
            return new ChannelAnswer(SendOutcome.Accepted, $"{options.Host} took it");
        }
        catch (SmtpException error)
        {
            var isSurelyNot = error.StatusCode != SmtpStatusCode.GeneralFailure || error.InnerException is SocketException || error.InnerException?.InnerException is SocketException;
            return new ChannelAnswer(isSurelyNot ? SendOutcome.Refused : SendOutcome.Unsure, $"{options.Host}: {error.Message} {error.InnerException?.Message}");
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            return new ChannelAnswer(SendOutcome.Refused, $"it is no mail: {error.Message}");
        }
    }

    private MailMessage MailOf(AlertMessage message)
    {
        var mail = new MailMessage(options.From, message.To, message.Subject, message.Text) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8, IsBodyHtml = false };
        mail.Headers.Add("Message-ID", $"<alert-{message.Id}@{storeId}.coldchain>"); // The same at each attempt: mail programs show it once.
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no absence notice answers it.
        if (message.Incidents.Any(one => one.Severity == Severity.Critical))
        {
            mail.Priority = MailPriority.High;
        }

        return mail;
    }
}
