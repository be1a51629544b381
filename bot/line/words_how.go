package line

import (
	"sync"

	"cairn/bot/journey"
)

// means is what a phrase says about how an interaction took place.
type means struct {
	channel   journey.Channel
	direction journey.Direction // "" where other words must say
	weak      bool              // a noun that is often only the subject ("the form is too long"): counts at the start
}

var howWords = sync.OnceValue(func() *lexicon[means] { return newLexicon(howTable) })

// howTable: an act that took place, by channel. Verbs and "by phone" are
// strong; nouns are weak and count only where no strong phrase stands.
var howTable = []row[means]{
	{means{journey.Phone, "", false}, `phone call|phonecall|video call|zoom call|teams call|google meet|skype|facetime|by phone|on the phone|over the phone|on the line|
		telefonat|telefonisch|am telefon|per telefon|telefontermin|videocall|videoanruf|por telefono|al telefono|appel telephonique|au telephone|par telephone|en visio|coup de fil|telefonema|por telefone|ao telefone|telefonata|per telefono|telefoontje|belletje|aan de telefoon|telefonisch gesproken`},
	{means{journey.Phone, journey.BothWay, false}, `off the phone|off a call|off the call|am tel|war am tel|talked on the phone|spoke on the phone|phoned with|call with|caught her on the phone|caught him on the phone|picked up|telefoniert|telefonierte|hablamos por telefono|falamos por telefone|parlato al telefono|eu au telephone|gebeld met|telefonisch gesprochen`},
	{means{journey.Phone, journey.In, false}, `called us|called me|called back|calls us|calls me|calls back|rang us|rang me|rang in|rang back|rings me|phoned us|phoned me|phoned in|returned my call|returned our call|inbound call|incoming call|
		rang out of the blue|called out of the blue|phoned out of the blue|rang us up|she called|he called|they called|she rang|he rang|she phoned|he phoned|they phoned|rief an|rief mich an|rief uns an|rief zuruck|hat angerufen|hat zuruckgerufen|ruft an|ruft zuruck|meldete sich telefonisch|
		me llamo|nos llamo|llamo el|llamo ella|m'a appele|nous a appele|a appele|a rappele|m'a rappele|il appelle|elle appelle|me ligou|nos ligou|ligou para mim|retornou a ligacao|mi ha chiamato|ci ha chiamato|ha chiamato|mi ha richiamato|ha richiamato|belde me|belde ons|belde terug|heeft gebeld|belde zelf`},
	{means{journey.Phone, journey.Out, false}, `called|phoned|rang|rung|dialled|dialed|cold call|cold called|called her|called him|called them|rang her|rang him|phoned her|phoned him|ring her|tried calling|tried to call|tried her mobile|tried his mobile|called again|call attempt|
		voicemail|voice mail|left vm|left a vm|vm|lvm|left message|left a message|mailbox|angerufen|anrufversuch|auf band gesprochen|auf die mailbox|habe angerufen|llame|le llame|la llame|he llamado|buzon de voz|
		ai appele|j'ai appele|je l'ai appele|je l'ai appelee|repondeur|messagerie|liguei|telefonei|caixa postal|ho chiamato|l'ho chiamato|l'ho chiamata|segreteria|heb gebeld|gebeld|ingesproken|voicemail ingesproken`},

	{means{journey.Phone, "", true}, `call|calls|had a call|good call|long call|short call|quick call|discovery call|zoom|telephone|llamada|appel|ligacao|chamada|chiamata|visio|anruf`},
	{means{journey.Email, "", true}, `email|e mail|mail|mails|emails|e mails|correo|courriel|her mail|his mail|her email|his email|their mail|their email`},
	{means{journey.Meeting, journey.BothWay, true}, `meeting|visit|site visit|lunch|dinner|workshop|treffen|besuch|reunion|visita|visite|reuniao|almoco|riunione|incontro|pranzo|bezoek|vergadering|dejeuner|came by|rencontre`},
	{means{journey.Chat, "", true}, `whatsapp|sms|texts|chat|chatted|wa|telegram|chatted with`},

	{means{journey.Email, "", false}, `by email|by mail|by e mail|per mail|per email|per e mail|via email|via mail|mail thread|correo electronico|por correo|por email|por e mail|par mail|par email|par courriel|via e mail|mailtje|newsletter reply`},
	{means{journey.Email, journey.In, false}, `emailed us|emailed me|mailed us|mailed me|mailed back|emailed back|e mailed me|e mailed us|wrote back|replied by mail|replied by email|answered by mail|answered by email|answered my mail|answered my email|replied to my mail|replied to my email|
		mail from|email from|e mail from|email in|email received|mail received|got a mail|got an email|got mail|she emailed|he emailed|they emailed|she mailed|he mailed|they mailed|she writes|he writes|they write|she wrote|he wrote|they wrote|reply from|inbound email|
		mail bekommen|mail erhalten|mail von|antwort per mail|schreibt|schrieb|schrieb zuruck|hat geschrieben|hat geantwortet|mail kam|me escribio|nos escribio|escribio|respondio por correo|correo de|m'a ecrit|nous a ecrit|a ecrit|a repondu par mail|mail de|mail recu|
		me escreveu|escreveu|respondeu por email|respondeu por e mail|email dela|email dele|e mail dela|e mail dele|mi ha scritto|ci ha scritto|ha scritto|ha risposto via mail|mailde me|mailde ons|mailde|schreef|haar mail|zijn mail|mail van|mail gekregen`},
	{means{journey.Email, journey.Out, false}, `emailed|mailed|e mailed|emailed her|emailed him|emailed them|mailed her|mailed him|mailed them|wrote her|wrote him|wrote them|wrote to|i wrote|we wrote|email out|mail out|cold email|cold mail|sent an email|sent a mail|sent email|sent mail|sent by email|sent her an email|sent him an email|
		mail geschickt|mail geschrieben|gemailt|angeschrieben|habe geschrieben|mail an|per mail geschickt|le escribi|escribi|correo enviado|envie un correo|mande un correo|j'ai ecrit|mail envoye|envoye un mail|ai ecrit|escrevi|mandei email|mandei e mail|enviei email|enviei e mail|ho scritto|gli ho scritto|le ho scritto|mandato mail|inviato mail|
		inviata mail|mail gestuurd|heb gemaild|gemaild`},

	{means{journey.Meeting, journey.BothWay, false}, `met|met with|met her|met him|met them|visited|visited her|visited him|visited them|on site|onsite|on-site|in person|face to face|f2f|lunch with|coffee with|had coffee|had lunch|breakfast with|dinner with|walked their|sat down with|sat with|sat together|dropped by|dropped in|stopped by|
		demo in person|demo on site|came to our office|came to see us|at their office|at her office|at his office|at their plant|in their plant|in her office|in his office|got together|drove out to|bumped into|ran into|day on their|half a day at|
		getroffen|traf|vor ort|vor ort termin|besucht|termin bei|mittagessen|auf einen kaffee|kaffee mit|werksbesuch|werksrundgang|kennengelernt|war bei|waren bei|reunion con|me reuni|nos reunimos|visita a planta|visitamos|comida con|comi con|cafe con|en persona|
		rendez vous|rdv|rencontree|rencontrer|dejeuner avec|sur place|visite sur site|reuniao com|almoco com|almocei|visitei|encontrei|encontro com|estive com|cafe com|presencial|incontrato|incontrata|ho incontrato|pranzo con|sopralluogo|di persona|visitato|
		ontmoet|afspraak bij|bezocht|op locatie|langs geweest|ter plaatse|koffie met|geluncht`},

	{means{journey.Social, journey.In, false}, `liked our|liked my|liked _ post|liked _ _ post|liked _ _ _ post|liked _ _ _ _ post|liked _ article|liked _ _ article|commented|commented on|reposted|retweeted|shared our post|shared my post|followed us|follows us|follow back|accepted my invite|accepted my invitation|accepted my request|accepted on linkedin|connected on linkedin|linkedin request|reacted to|viewed my profile|looked at my profile|dm from|mentioned us on|tagged us|
		geliked|geliket|kommentiert|like von|kontaktanfrage angenommen|hat mich auf linkedin|me dio like|le gusto|comento|compartio nuestro|acepto mi invitacion|a aime|a commente|a partage notre|a accepte mon invitation|curtiu|comentou|compartilhou|aceitou meu convite|ha messo like|ha commentato|ha condiviso|ha accettato|gelikt|reageerde op|heeft gereageerd|geaccepteerd op`},
	{means{journey.Social, "", false}, `on linkedin|via linkedin|linkedin message|linkedin dm|linkedin msg|li message|inmail|linkedin|linked in|xing|twitter|tweet|tweeted|tweets|on twitter|instagram|insta|on facebook|facebook|bluesky|mastodon|tiktok|on youtube|on reddit|reddit|per linkedin|por linkedin|sur linkedin|su linkedin|op linkedin|auf linkedin|no linkedin|en linkedin|social media`},

	{means{journey.Event, journey.In, false}, `attended our webinar|attended the webinar|joined our webinar|joined the webinar|was in our webinar|came to our booth|came to our stand|stopped at our booth|visited our booth|at our booth|at our stand|attended our talk|sat in our talk|came to our talk|listened to our talk|kam an unseren stand|an unserem stand|am stand|war im webinar|asistio al webinar|vino al stand|en nuestro stand|
		sur notre stand|est venu au stand|a assiste au webinaire|a suivi le webinaire|no nosso estande|participou do webinar|al nostro stand|ha seguito il webinar|op onze stand|volgde de webinar`},
	{means{journey.Event, journey.BothWay, false}, `met at the fair|met at a fair|met at the conference|met at the trade show|met at the expo|met at the event|met at the booth|met her at the fair|met him at the fair|met her at the conference|met him at the conference|met her at the trade show|met him at the trade show|met her at the event|met him at the event|at the booth|at our booth|at the stand|at the fair|at the trade fair|at the trade show|at the conference|at the expo|at the summit|at the congress|at a conference|at the _ fair|at the _ congress|at the _ conference|at the _ expo|at the _ summit|at the _ show|at the _ exhibition|at a _ fair|auf der _ messe|
		auf der messe|messegesprach|auf der konferenz|en la feria|en el congreso|au salon|sur le salon|a la conference|na feira|no congresso|in fiera|alla fiera|al congresso|op de beurs|beursgesprek`},
	{means{journey.Event, "", true}, `webinar|webinaire|fair|trade fair|trade show|tradeshow|booth|conference|expo|congress|summit|meetup|messe|konferenz|feria|congreso|salon|colloque|feira|congresso|fiera|convegno|beurs|congres|evento|evenement`},

	{means{journey.Chat, "", false}, `whats app|texted|text message|text from|slack message|on slack|via slack|slack dm|teams message|on teams|in teams|via teams|teams chat|chat with|live chat|site chat|signal message|wechat|imessage|per whatsapp|por whatsapp|wechselten nachrichten|mensaje de texto|pelo whatsapp|no whatsapp|su whatsapp|appje|geappt|chatted with|gechattet`},
	{means{journey.Chat, journey.In, false}, `texted me|texted us|texted back|she texted|he texted|messaged me|messaged us|pinged me|pinged us|whatsapped me|whatsapp from|sms from|text from|schrieb per whatsapp|appte`},
	{means{journey.Chat, journey.Out, false}, `texted her|texted him|texted them|messaged her|messaged him|pinged her|pinged him|whatsapp to|sms to|sent a text|sent her a text|sent him a text`},

	{means{journey.Web, journey.In, false}, `downloaded|signed up|filled in|filled out|contact form|web form|form fill|online form|web enquiry|web inquiry|webform|registered on|registered for|registered online|logged into|logged in|logs in|subscribed|unsubscribed|booked through the site|opened an account|visited our site|visited our website|visited the pricing page|on our site|on our website|via the website|through the website|via the portal|
		heruntergeladen|angemeldet|eingetragen|kontaktformular|uber die website|formular|abonniert|abgemeldet|descargo|se inscribio|se registro|formulario|en nuestra web|a traves de la web|a telecharge|telecharge|s'est inscrit|s'est inscrite|formulaire|sur notre site|baixou|se cadastrou|inscreveu se|preencheu|no nosso site|ha scaricato|scaricato|si e iscritto|si e iscritta|modulo|
		dal sito|sul nostro sito|gedownload|ingeschreven|aangemeld|formulier|via de site|op onze site|via het portaal`},
	{means{journey.Web, journey.In, true}, `website|web site|homepage|web page|landing page|online|web|website visit|trial account|sito|pagina web|site web`},

	{means{journey.Post, journey.Out, false}, `posted her|posted him|posted them|sent by post|by post|by courier|sent a parcel|sent a package|sent a letter|sent a card|sent a handwritten|sent a postcard|per post|per post geschickt|paket geschickt|brief geschickt|por correo postal|mande un paquete|par la poste|par courrier|colis envoye|pelo correio|via posta|per posta|mandato un pacco|per post gestuurd|pakketje gestuurd`},
	{means{journey.Post, journey.In, false}, `letter came|letter from|a letter came|got a letter|letter arrived|card came|card from|parcel from|brief von|brief kam|carta de|lettre de|carta dela|carta dele|lettera da|brief van`},
	{means{journey.Post, journey.Out, true}, `parcel|postcard|paket|paquete|colis|pacote|pacco|pakket|pakketje`},
}

// The prefixes that may stand alone before a comma or a dash: "call, ...",
// "mail in: ...". They win over all else in the note.
var prefixWords = sync.OnceValue(func() *lexicon[means] {
	return newLexicon([]row[means]{
		{means{journey.Phone, "", false}, `call|phone|phone call|tel|ph|quick call|short call|long call|video call|zoom|teams call|anruf|telefonat|telefon|llamada|telefono|appel|tel|telephone|ligacao|telefone|chiamata|telefonata|telefoon|telefoontje|discovery call|intro call|follow up call|catch up call|check in call`},
		{means{journey.Phone, journey.In, false}, `call in|incoming call|inbound call|phone in|anruf von ihr|anruf von ihm`},
		{means{journey.Phone, journey.Out, false}, `call out|outbound call|cold call|voicemail|vm|lvm|phone out|mailbox`},
		{means{journey.Email, "", false}, `email|e mail|mail|mails|correo|courriel|quick mail|quick email`},
		{means{journey.Email, journey.In, false}, `email in|mail in|e mail in|email from her|email from him|mail from her|mail from him|inbound email`},
		{means{journey.Email, journey.Out, false}, `email out|mail out|e mail out|cold email|cold mail`},
		{means{journey.Meeting, journey.BothWay, false}, `met|meeting|mtg|visit|site visit|on site|onsite|lunch|coffee|dinner|breakfast|workshop|demo in person|demo on site|f2f|in person|treffen|termin|besuch|vor ort|mittagessen|kaffee|reunion|visita|comida|cafe|rdv|rendez vous|visite|dejeuner|reuniao|almoco|riunione|incontro|pranzo|sopralluogo|afspraak|bezoek|koffie`},
		{means{journey.Social, "", false}, `linkedin|linked in|li|xing|twitter|tweet|instagram|facebook|social|insta`},
		{means{journey.Event, "", false}, `webinar|event|fair|trade fair|trade show|conference|booth|expo|messe|konferenz|feria|salon|feira|fiera|beurs|congreso|webinaire`},
		{means{journey.Chat, "", false}, `chat|whatsapp|wa|sms|text|texts|slack|teams|telegram|signal|dm`},
		{means{journey.Web, journey.In, false}, `web|website|form|web form|contact form|download|downloaded|signed up|portal|formular|formulario|formulaire|modulo|formulier`},
		{means{journey.Post, "", false}, `post|letter|parcel|brief|carta|lettre|lettera|card|postcard|paket`},
	})
})

// Words that turn the direction of what was found.
var (
	noAnswer = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`no answer|nothing so far|quiet so far|no reaction|zilch|nada so far|nowt|nothing since|radio silence|no ack|unread|unopened|not a peep|no revert|still nothing|seen only|blue ticks|not reachable|unreachable|mobile off|phone off|no dice|still pending|went unanswered|not in|wasn't in|out of office|no luck|no joy|no show|nothing to show|not heard|haven't heard|never picks up|never answers|no news|never came back|no comeback|no pickup|no reply|no response|not answered|unanswered|didn't answer|did not answer|doesn't answer|hasn't answered|hasn't replied|didn't reply|no pick up|didn't pick up|not picking up|voicemail|left vm|nothing back|nothing yet|not a word|no word|rings out|just rang out|silence|ghosted|ghosting|crickets|
		keine antwort|keine reaktion|nicht erreicht|niemand erreicht|geht nicht ran|ging nicht ran|hebt nicht ab|bisher nichts|sin respuesta|no contesta|no contesto|no respondio|sans reponse|pas de reponse|ne repond pas|n'a pas repondu|sem resposta|nao atendeu|nao respondeu|nessuna risposta|non risponde|non ha risposto|geen antwoord|geen reactie|neemt niet op|nam niet op`)
	})
	// nothingWords say it when they are a clause of their own.
	nothingWords = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`nothing|nichts|nix|nada|niente|niets|niks|rien|nic|zip|silence|crickets|zilch|zero|nowt`)
	})
	// questions are what they may have sent us.
	questions = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`question|questions|queries|query|frage|fragen|pregunta|preguntas|perguntas|domande|vragen`)
	})
	theySubject = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`she|he|they|sie|er|ella|el|ellos|elle|il|ils|ela|ele|eles|lei|lui|zij|ze|hij|his|her secretary|their|from her|from him|from them|from his|from their|inbound|incoming|von ihr|von ihm|de ella|de el|d'elle|dela|dele|da lei|van haar|van hem`)
	})
	theyAct = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`asked|asks|asking|replied|replies|answered|answers|wants|wanted|says|said|told|tells|confirmed|confirms|thanked|thanks|requested|requests|wrote back|came back|accepted|declined|sent us|sent me|complained|complains|
		fragt|fragte|hat gefragt|antwortet|antwortete|sagt|sagte|will|mochte|bittet|bat|bedankt|pregunta|pregunto|pide|pidio|quiere|dice|dijo|respondio|agradecio|demande|a demande|repond|a repondu|veut|dit|a dit|remercie|pede|pediu|perguntou|quer|disse|respondeu|agradeceu|chiede|ha chiesto|vuole|dice|ha detto|ha risposto|ringrazia|vraagt|vroeg|wil|zegt|zei|antwoordde|bedankte`)
	})
	weAct = sync.OnceValue(func() *lexicon[struct{}] {
		return set(`sent|resent|sent her|sent him|sent them|i sent|we sent|shared|forwarded her|forwarded him|reminded|followed up|f u|chased|nudged|tried|reached out|introduced myself|invited|offered|thanked her|thanked him|asked her|asked him|asked them|
		geschickt|gesendet|nachgefasst|erinnert|eingeladen|angeboten|envie|enviado|mande|mandado|invite|envoye|relance|invitee|enviei|mandei|convidei|inviato|inviata|mandato|mandata|invitato|gestuurd|verstuurd|uitgenodigd`)
	})
	usObject = sync.OnceValue(func() *lexicon[struct{}] { return set(`us|me|mir|uns|mich|back|in`) })
)
