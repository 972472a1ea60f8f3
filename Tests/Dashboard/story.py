"""What a person does with the dashboard, from the login to the failover, and what they must see."""

import pathlib

from browser import DESKTOP, PHONE, Browser, Failure
from selenium.webdriver.common.keys import Keys

ADDRESSES = {"charlie": "116.202.27.149", "echo": "51.158.104.109", "bravo": "37.59.102.26"}
SCRIPT = "<script>window.owned = 1</script>"


class Story:
    def __init__(self, daemon, world, base, here, pictures):
        self.daemon, self.world, self.here, self.pictures = daemon, world, here, pictures
        self.base = base
        self.page = Browser(base)
        self.plain = None

    def end(self):
        for page in (self.page, self.plain):
            if page:
                page.quit()

    def steps(self):
        return [
            self.be_refused, self.log_in, self.see_what_the_file_has, self.mistype, self.add_a_scheme, self.add_servers,
            self.see_it_converge, self.watch_a_failover, self.look_back, self.maintain_by_keyboard, self.pin,
            self.order_nonsense, self.practise, self.use_no_script, self.be_accessible, self.fit_a_phone, self.log_out,
        ]

    def expect(self, truth, sentence):
        if not truth:
            raise Failure(f"{sentence}; the page says:\n{self.page.text('body')}")

    def be_refused(self):
        """who does not know the token sees nothing"""
        self.page.open("/schemes/dog")
        self.expect(self.page.driver.current_url.startswith(self.base + "/login"), "the login page comes first")
        self.page.one("input[type=password]").send_keys("guessed" + Keys.ENTER)
        self.page.wait("the token is refused", lambda: "not the token" in self.page.text("body"))
        self.page.open("/")
        self.expect("dog" not in self.page.text("body"), "a stranger sees no scheme")

    def log_in(self):
        """with the token the list is there"""
        self.page.one("input[type=password]").send_keys(self.daemon.token + Keys.ENTER)
        self.page.wait("the list is shown", lambda: "dog" in self.page.text("#schemes"))

    def see_what_the_file_has(self):
        """a scheme of the file is read-only, and says so"""
        self.expect("read-only" in self.page.text("#scheme-dog"), "the list says read-only")
        self.page.open("/schemes/dog")
        self.expect("read-only: from the configuration file" in self.page.text("#record"), "the page says read-only")
        self.expect(not self.page.all("form[action$='/servers']"), "no server can be added")

    def scheme(self, address):
        return {
            "scheme-name": "cat", "scheme-record.name": "www.z07.net", "scheme-record.ttl": "10s",
            "scheme-alias": "alias.z07.net", "scheme-provider.zone": "z07.net",
            "scheme-provider.server": "216.218.130.2", "scheme-provider.key": self.daemon.key,
            "scheme-server.name": "charlie", "scheme-server.address": address,
            "scheme-server.check.http": "http://cat.okerr.com/", "scheme-server.check.contains": "status=OK",
            "scheme-server.check.interval": "1s"}

    def mistype(self):
        """a mistake is told at its field, and what was typed is still there, save the secret"""
        self.page.open("/add-scheme?kind=rfc2136")
        self.page.fill(self.scheme("300.1.1.1"))
        self.page.press("Add the scheme")
        self.page.wait("the address is refused", lambda: "300.1.1.1" in self.page.text("[id='scheme-server.address-problem']"))
        self.expect(self.page.one("[id='scheme-record.name']").get_attribute("value") == "www.z07.net", "the name is kept")
        self.expect(self.page.one("[id='scheme-provider.key']").get_attribute("value") == "", "the key is not sent back")
        self.expect(self.daemon.key.split('"')[3] not in self.page.driver.page_source, "the key is nowhere")

    def add_a_scheme(self):
        """a scheme on the world's BIND, by the form"""
        for server in ADDRESSES:
            self.world("web", server, "ok")
        self.page.fill({"scheme-server.address": ADDRESSES["charlie"], "scheme-provider.key": self.daemon.key})
        self.page.press("Policy")
        self.page.fill({"scheme-policy.fall": "1", "scheme-policy.rise": "1", "scheme-policy.min_interval": "1s",
                        "scheme-policy.failback": "manual"})
        self.page.press("Add the scheme")
        self.page.wait("the scheme's page is there", lambda: self.page.driver.current_url.startswith(self.base + "/schemes/cat"))
        secrets = list((self.daemon.directory / "secrets").iterdir())
        self.expect(len(secrets) == 1 and secrets[0].stat().st_mode & 0o777 == 0o600, "the key is in a file of its own")

    def add_servers(self):
        """two more servers, without leaving the page; the next priority is proposed"""
        self.page.run("window.stayed = true")
        for name, priority in (("echo", "990"), ("bravo", "980")):
            self.page.press("Add a server")
            self.expect(self.page.one("#server-priority").get_attribute("value") == priority, f"{priority} is proposed")
            self.page.fill({
                "server-name": name, "server-address": ADDRESSES[name], "server-check.http": "http://cat.okerr.com/",
                "server-check.contains": "status=OK", "server-check.interval": "1s"})
            self.page.press("Add the server")
            self.page.wait(f"{name} is in the table", lambda: name in self.page.text("#servers"))
        self.stay()

    def stay(self):
        self.expect(self.page.run("return window.stayed === true"), "the page was not loaded anew")

    def see_it_converge(self):
        """charlie is published, and arrives at every operator"""
        self.page.wait("charlie is published", lambda: "charlie is published" in self.page.text("#headline"), 30)
        self.page.wait("all have it", lambda: self.converged(ADDRESSES["charlie"]), 60)
        self.stay()

    def converged(self, address):
        """Every answer to the question for the record is the address."""
        rows = self.page.run("return [...document.querySelectorAll('#answers-1 tbody tr')].map(row => row.innerText)")
        told = [row for row in rows if "timeout" not in row and "not asked" not in row]
        return len(told) >= 15 and all("converged" in row and address in row for row in told)

    def watch_a_failover(self):
        """charlie fails: live, without reloading, the record moves to echo, and is followed to convergence"""
        self.world("web", "charlie", "err")
        self.page.wait("charlie has failed", lambda: "HTTP 503" in self.page.text("#servers"))
        self.page.wait("echo is published", lambda: "echo is published" in self.page.text("#headline"))
        self.page.wait("the change is followed", lambda: "following change" in self.page.text("#spread"))
        if self.pictures:
            self.page.wait("some have it", lambda: "%" in self.page.text("#spread .far"))
            self.take_pictures("failover")
        self.page.wait("all have it", lambda: self.converged(ADDRESSES["echo"]), 60)
        self.page.wait("it is followed no more", lambda: "following change" not in self.page.text("#spread"), 60)
        self.stay()

    def look_back(self):
        """the timeline says what was done and why, the plot how it arrived, and TTLs count down"""
        timeline = self.page.text("#timeline")
        self.expect("charlie: ok → fail" in timeline and ADDRESSES["echo"] in timeline, "the timeline has the failover")
        self.expect("t100" in self.page.text(".curves"), "the plot has this change")
        first = self.page.run("return document.querySelector('#answers-1 table:last-of-type time.left').textContent")
        self.page.wait("a TTL counts down", lambda: self.page.run(
            "return document.querySelector('#answers-1 table:last-of-type time.left').textContent") != first, 5)
        self.stay()

    def maintain_by_keyboard(self):
        """maintenance by the keyboard alone; what was typed as its reason is text, whatever it looks like"""
        self.page.one("body").send_keys(Keys.HOME)
        self.page.run("document.activeElement.blur(); document.getElementById('main').focus()")
        self.page.tab_to("Actions for bravo")
        self.page.keys(Keys.ENTER)
        self.page.wait("the panel opens", lambda: self.page.one("#act-bravo").is_displayed())
        self.page.tab_to("Why")
        self.page.keys(SCRIPT)
        self.page.tab_to("For")
        self.page.keys("1h")
        self.page.tab_to("Put into maintenance")
        self.page.keys(Keys.ENTER)
        self.page.wait("bravo is in maintenance", lambda: "maintenance" in self.page.text("#servers tbody tr:nth-child(3)"))
        self.expect(SCRIPT in self.page.text("#record"), "the reason is shown as it was typed")
        self.expect(self.page.run("return window.owned === undefined"), "it is no script")
        self.stay()

    def act(self, server, action, why="", time=""):
        panel = f"#act-{server}"

        def opened():
            if not self.page.one(panel).is_displayed():
                self.page.click(f"[aria-label='Actions for {server}']")
            return self.page.one(panel).is_displayed()

        self.page.wait("the panel opens", opened)
        self.page.fill({f"act-{server}-why": why, f"act-{server}-for": time})
        self.page.press(action, panel)

    def pin(self):
        """the record is pinned to bravo for an hour, and unpinned"""
        self.act("bravo", "Pin the record to it", "a test", "1h")
        self.page.wait("bravo is published", lambda: "bravo is published" in self.page.text("#headline"), 40)
        orders = self.page.text(".orders")
        self.expect("pinned to bravo by page: a test" in orders and "59m" in orders, "the order says by whom and how long")
        self.page.click("[aria-label^='End: pinned']")
        self.page.wait("echo is published again", lambda: "echo is published" in self.page.text("#headline"), 40)
        self.stay()

    def order_nonsense(self):
        """an order that cannot be is refused at its form"""
        self.act("echo", "Put into maintenance", "why not", "soon")
        self.page.wait("it is refused", lambda: "no time" in self.page.text("#act-echo"))
        self.expect(self.page.one("#act-echo-why").get_attribute("value") == "why not", "what was typed is kept")
        self.page.open("/schemes/cat")
        self.page.run("window.stayed = true")

    def practise(self):
        """for training a state is forced, and taken back"""
        self.act("bravo", "FAIL", time="5m")
        self.page.wait("bravo is taken to be down", lambda: "bravo is taken to be fail" in self.page.text("#record"))
        self.page.click("[aria-label^='End: bravo is taken']")
        self.page.wait("it is over", lambda: "is taken to be" not in self.page.text("#record"))
        self.stay()

    def use_no_script(self):
        """without JavaScript the state is shown, and forms work"""
        self.plain = page = Browser(self.base, script=False)
        page.open("/schemes/cat")
        page.one("input[type=password]").send_keys(self.daemon.token + Keys.ENTER)
        page.wait("the state is shown", lambda: "echo is published" in page.text("#headline"))
        self.expect("UTC" in page.text("header.top") and ADDRESSES["echo"] in page.text("#answers"), "all of it is there")
        page.press("Freeze…")
        page.one("#act-why").send_keys("no script")
        page.press("Freeze: change nothing", "#act")
        page.wait("it is frozen", lambda: "frozen by page: no script" in page.text("#record"))
        self.expect("The order was given" in page.text("#notice"), "it says what was done")
        page.press("Unfreeze")
        page.wait("it is not frozen", lambda: "frozen" not in page.text("#record"))

    def be_accessible(self):
        """labels, names, landmarks and contrast are as they should be, in light and dark"""
        check = (self.here / "accessibility.js").read_text(encoding="utf-8")
        for path in ("/", "/schemes/cat", "/add-scheme?kind=he"):
            self.page.open(path)
            for theme in ("light", "dark"):
                self.page.resize(DESKTOP, theme=theme)
                problems = self.page.run(check)
                self.expect(not problems, f"{path} in {theme}: " + "; ".join(problems))
        self.page.resize(DESKTOP)

    def fit_a_phone(self):
        """on a phone nothing is wider than the screen, and everything can be touched"""
        check = (self.here / "accessibility.js").read_text(encoding="utf-8")
        self.page.resize(PHONE)
        for path in ("/", "/schemes/cat", "/add-scheme"):
            self.page.open(path)
            problems = self.page.run(check)
            self.expect(not problems, f"{path}: " + "; ".join(problems))
        if self.pictures:
            self.page.open("/schemes/cat")
            self.take_pictures("scheme")
            self.page.open("/")
            self.take_pictures("list")
        self.page.resize(DESKTOP)

    def take_pictures(self, name):
        pathlib.Path(self.pictures).mkdir(parents=True, exist_ok=True)
        for size, width in ((DESKTOP, "desktop"), (PHONE, "phone")):
            for theme in ("light", "dark"):
                self.page.picture(f"{self.pictures}/{name}-{width}-{theme}.png", size, theme)

    def log_out(self):
        """after signing out nobody is in"""
        self.page.open("/")
        self.page.press("Sign out")
        self.page.wait("the login is there", lambda: self.page.all("input[type=password]"))
        self.page.open("/schemes/cat")
        self.expect("/login" in self.page.driver.current_url, "the page is closed again")
